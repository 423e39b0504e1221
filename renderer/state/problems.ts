import { ORPCError } from '@orpc/client';
import { DisconnectedError, RefusedError } from '../client/client.ts';
import { words } from '../text/words.ts';

/** What to tell a person about something that was thrown. Contract errors are written for people. */
export function tellProblem(problem: unknown): string {
  if (problem instanceof DisconnectedError) return words.t('problem.disconnected');
  if (problem instanceof RefusedError) return problem.message;
  if (problem instanceof ORPCError && problem.defined) return problem.message;
  if (problem instanceof ORPCError) return words.t('problem.refused', { code: problem.code });
  console.error(problem);
  return words.t('problem.unexpected');
}
