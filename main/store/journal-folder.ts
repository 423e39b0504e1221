/**
 * Where the journals of a profile lie: `<data folder>/jobs/<job id>.hlj`, until they are deleted. No journal is removed
 * at a start: whose process has ended is told by its lock alone (`lock.ts`), and its job can go on.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import { jobIdText, newJobId } from '#shared/jobs/job-id.ts';
import type { JournalPart } from '#shared/shards/plan.ts';
import { systemCode } from '../base/system-error.ts';
import { Journal } from './journal.ts';
import { type JournalFiles, systemFiles } from './journal-files.ts';
import type { NotedRoot } from './journal-notes.ts';
import { takeLock } from './lock.ts';

/** What a journal says of a new job, besides its id. */
export interface NewJob {
  readonly kind: JobKind;
  readonly spec?: JobSpec;
  readonly roots?: readonly NotedRoot[];
  /** What relative paths refer to. */
  readonly folder?: Uint8Array;
  readonly filterRoots?: boolean;
  /** Which part of a larger job it is. */
  readonly part?: JournalPart;
  readonly tool?: string;
  readonly resumable?: boolean;
}

/** Characters of a specification: far more than options take. One that is longer is left out, and the job cannot go on. */
const maxSpec = 400_000;

/** A day. */
const leftoverMs = 86_400_000;

/** Characters of the first root's path that a list shows. */
const shownPath = 1_000;

export class JournalFolder {
  readonly path: string;
  readonly #files: JournalFiles;

  private constructor(folder: string, files: JournalFiles) {
    this.path = folder;
    this.#files = files;
  }

  /** Makes the data folder (0700) and the journals' own; throws the system's error when it cannot. */
  static open(dataFolder: string, files = systemFiles): JournalFolder {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    // Names of files are private; a folder that an older umask left open is closed.
    chmodSync(dataFolder, 0o700);
    const jobs = path.join(dataFolder, 'jobs');
    mkdirSync(jobs, { recursive: true, mode: 0o700 });
    removeLeftovers(jobs);
    return new JournalFolder(jobs, files);
  }

  /** A journal under an id of its own: creating its file exclusively is what makes the id unique here. */
  async create(job: NewJob): Promise<Journal> {
    for (;;) {
      const id = newJobId();
      try {
        return await createJournal(path.join(this.path, `${jobIdText(id)}.hlj`), id, job, this.#files);
      } catch (error) {
        // Cleaning programs empty folders that lie there for long.
        if (systemCode(error) === 'ENOENT') mkdirSync(this.path, { recursive: true, mode: 0o700 });
        else if (systemCode(error) !== 'EEXIST') throw error;
      }
    }
  }
}

/** What a killed process left half made: journals without a name yet, and results being sorted. */
function removeLeftovers(jobs: string): void {
  for (const name of readdirSync(jobs)) {
    if (!/\.hlj\.(new|sort-[0-9a-f]+)$/.test(name)) continue;
    const file = path.join(jobs, name);
    try {
      // Another process may be at work on a younger one.
      if (Date.now() - statSync(file).mtimeMs > leftoverMs) rmSync(file);
    } catch {
      // Another one removed it.
    }
  }
}

/** A new journal, with its lock, under the given id. Throws the system's error; EEXIST also where the lock is held. */
export async function createJournal(
  file: string,
  id: number,
  { kind, spec, roots = [], folder, filterRoots, part, tool, resumable }: NewJob,
  files: JournalFiles = systemFiles,
): Promise<Journal> {
  const fits = spec !== undefined && JSON.stringify(spec).length <= maxSpec;
  const lock = await takeLock(file);
  if (lock === null) throw Object.assign(new Error('the lock is held'), { code: 'EEXIST' });
  const header = {
    id,
    kind,
    startedAt: Date.now(),
    ...(fits ? { spec } : {}),
    about: { count: roots.length, first: shownRoot(roots[0]) },
    ...(folder === undefined ? {} : { folder: Buffer.from(folder).toString('base64') }),
    ...(filterRoots === undefined ? {} : { filterRoots }),
    ...(part === undefined ? {} : { part }),
    host: hostname(),
    ...(tool === undefined ? {} : { tool }),
    resumable: resumable === true && fits,
  };
  try {
    return await Journal.create(file, header, { files, lock, roots });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function shownRoot(root: NotedRoot | undefined): string {
  if (root === undefined) return '';
  return root.kind === 'upload' ? root.name : Buffer.from(root.path, 'base64').toString('utf8').slice(0, shownPath);
}
