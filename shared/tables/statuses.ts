/**
 * What became of an entry. The position in the list is the byte in the batch; append only.
 * `unlisted`, `moved`, `outside-root`, `malformed` and `mismatch` belong to verifying.
 */
export const statuses = [
  'ok',
  'changed',
  'missing',
  'unlisted',
  'moved',
  'unreadable',
  'skipped',
  'outside-root',
  'malformed',
  'mismatch',
  'cancelled',
] as const;

export type Status = (typeof statuses)[number];

/** Statuses that make a command exit with 1: the file should have been hashed and was not. */
export const failedStatuses: ReadonlySet<Status> = new Set<Status>([
  'changed',
  'missing',
  'moved',
  'unreadable',
  'outside-root',
  'malformed',
  'mismatch',
  'cancelled',
]);
