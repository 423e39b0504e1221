/** Which jobs go before others: those whose end somebody waits for. */
import type { JobPriority } from '#shared/stats/names.ts';
import type { TaskInput } from '../inputs.ts';

/** What is done within a second or two on any machine, so that background work is not held up for long. */
export const interactiveFiles = 64;
export const interactiveBytes = 1 << 30;

/** `interactive` for a few files, chosen one by one or sent by a page, that are not too large together. */
export function priorityOf(granted: readonly TaskInput[]): JobPriority {
  let files = 0;
  let bytes = 0;
  for (const one of granted) {
    if (one.source.kind === 'folder') return 'background';
    files += one.kind === 'upload' ? one.entries.length : 1;
    // Of unknown size is only what cannot be looked up: its record says why and takes no time.
    bytes += one.source.size ?? 0;
  }
  return files <= interactiveFiles && bytes <= interactiveBytes ? 'interactive' : 'background';
}
