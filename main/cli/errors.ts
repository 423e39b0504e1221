import { BatchError } from '#shared/batch/reader.ts';
import { FailedAttempt } from '../base/failed-attempt.ts';
import { describeSystemError } from '../base/system-error.ts';
import { EngineError } from '../engine/engine.ts';

/** Ends the command with exit status 2: the command line asks for what cannot be. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Ends the command with exit status 1. */
export { FailedAttempt };

/** Ends the command with exit status 130. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}

/** An error in words, with its code in parentheses where it has one. */
export function describeError(error: unknown): string {
  const ownWords = error instanceof EngineError || error instanceof BatchError;
  return ownWords ? `${error.message} (${error.code})` : describeSystemError(error);
}
