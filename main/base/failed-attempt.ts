import { describeSystemError, systemCode } from './system-error.ts';

/** Something could not be done; reads `cannot write sums.txt: permission denied (EACCES)`, fit to be shown. */
export class FailedAttempt extends Error {
  /** The underlying code, such as `EACCES`. */
  readonly code: string | undefined;
  constructor(attempt: string, cause: unknown) {
    super(`${attempt}: ${describeCause(cause)}`, { cause });
    this.name = 'FailedAttempt';
    this.code = systemCode(cause);
  }
}

/** An error with its code in parentheses: the system's in our words, our own in theirs. */
function describeCause(error: unknown): string {
  const code = systemCode(error);
  // What was refused before the system was asked has the system's code and words of its own.
  const isSystems = error instanceof Error && 'errno' in error && error.errno !== 0;
  if (code === undefined || isSystems) return describeSystemError(error);
  return `${(error as Error).message} (${code})`;
}
