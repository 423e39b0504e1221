/** The granted paths that a task takes by their ids, and the errors that a person can mend. */
import { FailedAttempt } from '../base/failed-attempt.ts';
import { Problem } from '../base/problem.ts';
import { nameText } from '../base/raw-names.ts';
import type { TaskInput } from './inputs.ts';

/** In the form of `nameText`. Throws Problem: NOT_FOUND, FORBIDDEN for what is sent by a page. */
export function pathOf(inputs: readonly TaskInput[], id: string): string {
  const input = inputs.find(({ source }) => source.id === id);
  if (input === undefined) throw new Problem('NOT_FOUND', 'A source is no longer in the list. Add it again.');
  if (input.kind !== 'path') throw new Problem('FORBIDDEN', `${input.source.name} is not on this computer.`);
  return nameText(input.path);
}

/** What could not be read, as the problem of a job. */
export async function asProblem<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof FailedAttempt)) throw error;
    throw new Problem('UNREADABLE', `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`, error.code);
  }
}
