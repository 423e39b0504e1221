/** Journals that a command is told to go on with. */

import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { HashSpec } from '#shared/contract/kinds/hash.ts';
import { parseJobId } from '#shared/jobs/job-id.ts';
import type { JournalPart } from '#shared/shards/plan.ts';
import { History } from '../../../store/history.ts';
import { JournalError } from '../../../store/journal-error.ts';
import { systemFiles } from '../../../store/journal-files.ts';
import type { JournalHeader } from '../../../store/journal-header.ts';
import type { NotedRoot, Seal } from '../../../store/journal-notes.ts';
import { recoverJournal } from '../../../store/recover.ts';
import { FailedAttempt } from '../../errors.ts';

export interface FoundJob {
  readonly header: JournalHeader;
  readonly roots: readonly NotedRoot[];
  readonly seal: Seal | null;
}

/** The journal that `given` names: a file, or the id of a job of the profile. Throws FailedAttempt. */
export function journalNamed(given: string, jobsFolder: string): string {
  const id = parseJobId(given);
  if (id === undefined || existsSync(given)) return given;
  const file = new History(jobsFolder).journalOf(id);
  if (existsSync(file)) return file;
  throw new FailedAttempt(
    `cannot find the job ${given}`,
    new JournalError('JOURNAL_REMOVED', `it is not in ${jobsFolder}`),
  );
}

/** What the journal says of its job. Throws FailedAttempt. */
export async function openUnfinished(file: string): Promise<FoundJob> {
  try {
    const opened = await systemFiles.open(file, 'read');
    return await recoverJournal(opened).finally(() => opened.close());
  } catch (error) {
    throw new FailedAttempt(`cannot read the journal ${file}`, error);
  }
}

/** Throws FailedAttempt unless the journal is of the job that a command describes, and unfinished. */
export function checkSame(
  file: string,
  { header, roots, seal }: FoundJob,
  job: {
    readonly spec: HashSpec;
    readonly roots: readonly NotedRoot[];
    readonly folder: string | undefined;
    readonly part?: JournalPart | undefined;
    readonly mayBeFinished?: true;
  },
): void {
  const refuse = (why: string): never => {
    throw new FailedAttempt(`cannot use the journal ${file}`, new JournalError('JOURNAL_FORMAT', why));
  };
  if (seal?.state === 'finished' && job.mayBeFinished !== true) {
    refuse("its job has finished: 'hashlane resume' prints the results; remove the file to hash anew");
  }
  const folder = header.folder === undefined ? undefined : Buffer.from(header.folder, 'base64').toString();
  const same =
    isDeepStrictEqual(header.spec, JSON.parse(JSON.stringify(job.spec))) &&
    folder === job.folder &&
    isDeepStrictEqual(shareOf(header.part), shareOf(job.part)) &&
    isDeepStrictEqual(roots.map(pathOf), job.roots.map(pathOf));
  if (!same) refuse('it is of a job over other paths, or with other options');
}

/** Where the list lies is no matter: its plan is told by its digest. */
const shareOf = (part: JournalPart | undefined) => part && [part.index, part.count, part.plan];

const pathOf = ({ path }: NotedRoot): string => path;
