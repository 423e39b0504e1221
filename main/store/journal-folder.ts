/**
 * Where journals lie: `<data folder>/jobs/<run>/<number>.hlj`, one folder per run of the program,
 * so that two programs on one data folder never meet. What ended runs left behind is removed when
 * the next one starts.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Journal } from './journal.ts';

export class JournalFolder {
  readonly path: string;
  #created = 0;

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

  create(): Promise<Journal> {
    this.#created++;
    return Journal.create(path.join(this.path, `${this.#created}.hlj`));
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
