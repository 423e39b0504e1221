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
  const isSystems = error instanceof Error && 'errno' in error;
  if (code === undefined || isSystems) return describeSystemError(error);
  return `${(error as Error).message} (${code})`;
}
