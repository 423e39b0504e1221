/** What a check says of each file. */

export const guardStates = [
  'ok',
  /** The content differs although the modification time does not, or did so before and was not accepted since. */
  'damaged',
  /** Other content, and a newer modification time: somebody changed the file. */
  'updated',
  /** Other content, and an older modification time: restored from a backup? */
  'older',
  /** The same content, and another modification time. */
  'touched',
  /** Not on record. */
  'new',
  /** On record, and nowhere. */
  'gone',
  /** On record at another path, where it is no more. */
  'moved',
  'unreadable',
] as const;

export type GuardState = (typeof guardStates)[number];

/** States that make a check fail. */
export const failingStates: ReadonlySet<GuardState> = new Set<GuardState>(['damaged', 'gone', 'unreadable']);

/** `unavailable`: the root is offline, empty, or not the one on record; nothing was compared. */
export type GuardVerdict = 'ok' | 'damaged' | 'failed' | 'unavailable';

export type GuardCounts = Readonly<Record<GuardState, number>>;

export function noCounts(): Record<GuardState, number> {
  return Object.fromEntries(guardStates.map((state) => [state, 0])) as Record<GuardState, number>;
}

export function verdictOf(counts: GuardCounts): Exclude<GuardVerdict, 'unavailable'> {
  if (counts.damaged > 0) return 'damaged';
  return guardStates.some((state) => failingStates.has(state) && counts[state] > 0) ? 'failed' : 'ok';
}
