import { useEffect } from 'react';
import { recogniseDigest } from '#shared/expected/recognise.ts';
import { useApp } from '../parts/context.tsx';
import { words } from '../text/words.ts';
import { checkOf, checkText } from './check-text.ts';

/** A path of either kind of system, or the address of a file. */
const pathLike = /^(\/|[a-z]:[\\/]|\\\\|file:\/\/\/)/i;
/** Paths of one paste. */
const maxPaths = 100;

/** The paths that are pasted, one a line; empty when some line is none. */
export function pastedPaths(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  const named = lines.filter((line) => line !== '');
  if (named.length === 0 || named.length > maxPaths || !named.every((line) => pathLike.test(line))) return [];
  return named.map((line) => (/^file:\/\/\//i.test(line) ? decoded(line.slice(7)) : line));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

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
