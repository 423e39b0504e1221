import type { Notice } from './app-state.ts';

/** More would cover the results. */
const most = 3;

/**
 * The list with `added` at its end. It takes the place of an earlier message of its kind, unless that
 * one can still be undone or tells of another problem; the oldest goes when there are too many, those
 * that can be undone last.
 */
export function withNotice(notices: readonly Notice[], added: Notice): Notice[] {
  const isReplaced = (notice: Notice): boolean =>
    added.kind === 'done' && notice.kind === 'done' && notice.undo === null;
  const kept = notices.filter((notice) => !isReplaced(notice));
  while (kept.length >= most) {
    const oldest = kept.findIndex((notice) => notice.undo === null);
    kept.splice(Math.max(oldest, 0), 1);
  }
  return [...kept, added];
}
