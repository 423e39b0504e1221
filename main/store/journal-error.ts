import { describeSystemError, systemCode } from '../base/system-error.ts';

export type JournalErrorCode =
  | 'JOURNAL_FULL'
  | 'JOURNAL_UNWRITABLE'
  | 'JOURNAL_UNREADABLE'
  | 'JOURNAL_REMOVED'
  /** It is no journal, or one of a later version. */
  | 'JOURNAL_FORMAT'
  /** Another process writes it. */
  | 'JOURNAL_IN_USE'
  | 'BATCH_CORRUPT';

/** `message` is a whole sentence, fit to be shown. */
export class JournalError extends Error {
  readonly code: JournalErrorCode;
  constructor(code: JournalErrorCode, message: string) {
    super(message);
    this.name = 'JournalError';
    this.code = code;
  }
}

export function asWriteError(error: unknown): JournalError {
  const full = systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT';
  return new JournalError(
    full ? 'JOURNAL_FULL' : 'JOURNAL_UNWRITABLE',
    `The results cannot be written to the journal: ${describeSystemError(error)}.`,
  );
}

export function asReadError(error: unknown): JournalError {
  return new JournalError('JOURNAL_UNREADABLE', `The results cannot be read back: ${describeSystemError(error)}.`);
}
