/** `hashlane resume`: from a journal to an exit status. */
import path from 'node:path';
import type { ExportFormat } from '#shared/contract/models.ts';
import { JournalError } from '../../../store/journal-error.ts';
import { FailedAttempt } from '../../errors.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { runHash } from '../../hash/hash.ts';
import { checkUsage, type HashOptions } from '../../hash/options.ts';
import { shareOfJournal } from '../../hash/share.ts';
import { dataFolder } from '../../serve/data-folder.ts';
import type { World } from '../../world.ts';
import { printJournal } from '../jobs/print-journal.ts';
import { JournaledRun, rootBytes } from './journaled-run.ts';
import { journalNamed, openUnfinished } from './unfinished-job.ts';

export interface ResumeOptions
  extends Pick<HashOptions, 'threads' | 'memoryLimit' | 'ioTimeout' | 'progress' | 'force'> {
  readonly format: ExportFormat;
  readonly output?: string;
  readonly summaryJson?: string;
}

/** Throws UsageError or FailedAttempt. */
export async function resume(given: string, options: ResumeOptions, world: World): Promise<ExitStatus> {
  const file = path.resolve(journalNamed(given, path.join(dataFolder(world.environment), 'jobs')));
  const found = await openUnfinished(file);
  const { spec, folder, resumable, part } = found.header;
  if (spec?.kind !== 'hash' || resumable !== true) {
    const why = 'it is of a job that cannot go on: its files came from a page, or it is of another kind';
    throw new FailedAttempt(`cannot go on with ${given}`, new JournalError('JOURNAL_FORMAT', why));
  }
  const hashOptions: HashOptions = {
    ...options,
    ...spec.walk,
    color: 'auto',
    algorithm: spec.algorithms,
    order: 'walk',
    ...(options.output === undefined ? {} : { output: absolute(options.output) }),
    ...(options.summaryJson === undefined ? {} : { summaryJson: absolute(options.summaryJson) }),
  };
  checkUsage(['.'], hashOptions);
  if (found.seal?.state === 'finished') return printJournal(file, hashOptions, world);
  if (folder !== undefined) goTo(Buffer.from(folder, 'base64').toString());
  const roots = found.roots.map(rootBytes);
  const share = part === undefined ? undefined : await shareOfJournal(file, part);
  return runHash({
    roots,
    streams: [],
    empty: 0,
    options: hashOptions,
    world,
    ...(share && { share }),
    openJournal: () => JournaledRun.goOn(file, world),
  });
}

const absolute = (name: string): string => (name === '-' || name === '/dev/stdout' ? name : path.resolve(name));

/** Results begin as the paths did, which are relative to this folder. Throws FailedAttempt. */
function goTo(folder: string): void {
  if (process.cwd() === folder) return;
  try {
    process.chdir(folder);
  } catch (error) {
    throw new FailedAttempt(`cannot go to ${folder}, where the job was started`, error);
  }
}
