import path from 'node:path';
import { dataFolder } from '../../serve/data-folder.ts';
import type { World } from '../../world.ts';
import { journalNamed } from '../resume/unfinished-job.ts';

/** The journal of the job that `given` is the id of, or `given` where it is none, or a path that is there. Throws FailedAttempt. */
export function journalOrPath(given: string, world: World): string {
  return journalNamed(given, path.join(dataFolder(world.environment), 'jobs'));
}
