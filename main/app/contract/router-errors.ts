/** Errors on their way to a window: plain data with a code, and no word of the program's inside. */
import { ORPCError, ValidationError } from '@orpc/server';
import { Problem } from '../../base/problem.ts';
import type { HostServices } from '../host.ts';

/** What to throw towards the window instead of `error`; what was not foreseen goes to the host's log. */
export function toContractError(error: unknown, services: HostServices): unknown {
  if (error instanceof Problem) {
    const data = error.detail === undefined ? undefined : { detail: error.detail };
    return new ORPCError(error.code, { message: error.message, data });
  }
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    return describeInvalidInput(error.cause);
  }
  if (error instanceof ORPCError) return error;
  services.logError?.(error);
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: 'Something went wrong inside Hashlane. Its log tells more.',
  });
}

/** The first thing that is wrong with the input; a list or text beyond its limit has a code of its own. */
function describeInvalidInput(error: ValidationError): ORPCError<string, unknown> {
  const issue = error.issues[0];
  const at = issue?.path?.map((segment) => (typeof segment === 'object' ? segment.key : segment)).join('.');
  const tooLarge = issue !== undefined && 'code' in issue && issue.code === 'too_big';
  const message = `${at ? `${at}: ` : ''}${issue?.message ?? 'the input is not valid'}`;
  return new ORPCError(tooLarge ? 'INPUT_TOO_LARGE' : 'BAD_REQUEST', { message });
}
