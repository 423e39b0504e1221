import { useTranslation } from 'react-i18next';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import { useApp } from '../parts/context.tsx';
import { undoMs } from '../state/actions.ts';
import { viewOptions } from '../table/view-options.ts';
import { type CopiedText, type CopyForm, copiedText } from './copied-text.ts';
import { runSliced } from './sliced.ts';

/** Copying that takes longer says that it is under way, milliseconds. */
const patienceMs = 400;

/** Copies the selected rows in one of the forms; without a selection, the focused row. */
export function useCopyRows(): (form: CopyForm) => Promise<void> {
  const { t } = useTranslation();
  const { session } = useApp();
  return async (form) => {
    const { grid, results } = session;
    const rows = grid.rowsToActOn();
    if (rows.length === 0) return;
    const shown = formatCount(rows.length);
    const options = { form, algorithms: results.store.getState().algorithms, isUpper: viewOptions.getState().isUpper };
    const made = runSliced(copiedText(results.table, rows, options), () => true) as Promise<CopiedText>;
    const timer = setTimeout(() => session.notify('done', t('copy.busy', { count: rows.length, shown })), patienceMs);
    await session.attempt(async () => {
      // The clipboard waits for the text: writing it only then, a browser would refuse.
      const written = navigator.clipboard
        .write([new ClipboardItem({ 'text/plain': made.then(blobOf) })])
        .catch((problem: unknown) => problem);
      const text = await made;
      const problem = await written;
      if (text.isTooLong)
        session.notify('problem', t('copy.tooLong', { size: formatSize(text.bytes), count: rows.length, shown }));
      else if (text.count === 0) session.notify('problem', t('copy.nothing'));
      else if (problem !== undefined) throw problem;
      else session.notify('done', t(`copy.done.${form}`, { count: text.count, shown: formatCount(text.count) }));
    });
    clearTimeout(timer);
  };
}

/** Rejects when there is nothing to write, so that what the clipboard holds stays there. */
function blobOf({ parts, count, isTooLong }: CopiedText): Blob {
  if (isTooLong || count === 0) throw new Error('There is nothing to copy.');
  return new Blob([...parts], { type: 'text/plain' });
}

/** Takes the selected rows out of the table, not off the disk; Ctrl+Z puts them back. */
export function useRemoveRows(): () => void {
  const { t } = useTranslation();
  const { session } = useApp();
  return () => {
    const { grid, results } = session;
    const rows = grid.rowsToActOn();
    if (rows.length === 0) return;
    const place = results.view.placeOf(rows[0]!);
    const restore = results.remove(rows, () => {
      clearTimeout(timer);
      session.dismiss(notice);
      grid.select(rows);
    });
    const told = t('results.removed', { count: rows.length, shown: formatCount(rows.length) });
    const notice = session.notify('done', told, restore);
    // The message goes; the keys still undo it.
    const timer = setTimeout(() => session.dismiss(notice), undoMs);
    const stop = results.store.subscribe(({ arranging }) => {
      if (arranging) return;
      stop();
      grid.leaveRemoved(place);
    });
  };
}
