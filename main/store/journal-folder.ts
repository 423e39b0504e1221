/**
 * Where journals lie: `<data folder>/jobs/<run>/<job id>.hlj`, one folder per run of the program,
 * so that two programs on one data folder never meet. What ended runs left behind is removed when
 * the next one starts.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { JobKind } from '#shared/contract/kinds/registry.ts';
import { jobIdText, newJobId } from '#shared/jobs/job-id.ts';
import { systemCode } from '../base/system-error.ts';
import { Journal } from './journal.ts';

export class JournalFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes the data folder (0700) and this run's own; throws the system's error when it cannot. */
  static open(dataFolder: string): JournalFolder {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    // Names of files are private; a folder that an older umask left open is closed.
    chmodSync(dataFolder, 0o700);
    const jobs = path.join(dataFolder, 'jobs');
    mkdirSync(jobs, { recursive: true, mode: 0o700 });
    removeEndedRuns(jobs);
    const own = path.join(jobs, `${machine()}.${process.pid}.${randomBytes(6).toString('hex')}`);
    mkdirSync(own, { mode: 0o700 });
    return new JournalFolder(own);
  }

  /** A journal under an id of its own: creating its file exclusively is what makes the id unique here. */
  async create(kind: JobKind): Promise<Journal> {
    for (;;) {
      const id = newJobId();
      try {
        const header = { id, kind, startedAt: Date.now() };
        return await Journal.create(path.join(this.path, `${jobIdText(id)}.hlj`), header);
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Machines that share a data folder, containers above all, number their processes independently. */
function machine(): string {
  return hostname().replace(/[^A-Za-z0-9-]/g, '_') || 'machine';
}

function removeEndedRuns(jobs: string): void {
  for (const name of readdirSync(jobs)) {
    const [owner, pid] = name.split('.');
    if (owner === machine() && !isRunning(Number(pid))) {
      rmSync(path.join(jobs, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
