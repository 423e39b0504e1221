import { useEffect } from 'react';
import { recogniseDigest } from '#shared/expected/recognise.ts';
import { useApp } from '../parts/context.tsx';
import { words } from '../text/words.ts';
import { checkOf, checkText } from './check-text.ts';
import { pastedPaths } from './pasted-paths.ts';

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea') || target.isContentEditable);
}

/** Pasting anywhere in the window: files and paths are added, anything else is compared with what is in the table. */
export function usePaste(): void {
  const { session, actions } = useApp();
  useEffect(() => {
    const pasted = (event: ClipboardEvent): void => {
      const { clipboardData } = event;
      if (clipboardData === null || takesText(event.target) || session.app.getState().dialog !== null) return;
      if (clipboardData.files.length > 0) {
        void actions.addDropped(clipboardData);
        return;
      }
      const text = clipboardData.getData('text/plain').trim();
      if (text === '') return;
      const isDigest = recogniseDigest(text).kind === 'expected';
      const paths = isDigest ? [] : pastedPaths(text);
      if (paths.length > 0) void addPaths(paths);
      else if (session.results.store.getState().total > 0) void checkText(session, text);
      else if (isDigest) {
        checkOf(session).setState({ text });
        session.notify('done', words.t('card.waiting'));
      }
    };
    const addPaths = async (paths: readonly string[]): Promise<void> => {
      if (!session.client.capabilities.canBrowseServer) {
        session.notify('problem', words.t('card.pathsElsewhere'));
        return;
      }
      for (const path of paths) {
        const problem = await actions.addPath(path);
        if (problem !== null) session.notify('problem', problem);
      }
    };
    window.addEventListener('paste', pasted);
    return () => window.removeEventListener('paste', pasted);
  }, [session, actions]);
}
