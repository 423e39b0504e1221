/**
 * Where journals lie: `<data folder>/jobs/<run>/<job id>.hlj`, one folder per run of the program,
 * so that two programs on one data folder never meet. What ended runs left behind is removed when
 * the next one starts.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
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
    const own = path.join(jobs, `${runName()}.${randomBytes(6).toString('hex')}`);
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
        // Cleaning programs empty folders that lie there for long.
        if (systemCode(error) === 'ENOENT') mkdirSync(this.path, { recursive: true, mode: 0o700 });
        else if (systemCode(error) !== 'EEXIST') throw error;
      }
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** The name of a run's folder, up to what makes it unique: who it was, as far as others can look that up. */
function runName(): string {
  return [machine(), pidNamespace(), process.pid, startTime(process.pid) ?? ''].join('.');
}

/** Machines that share a data folder number their processes independently. */
function machine(): string {
  return hostname().replace(/[^A-Za-z0-9-]/g, '_') || 'machine';
}

/** Containers on one machine do so as well. Empty where there are none. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/[^0-9]/g, '');
  } catch {
    return '';
  }
}

/** When a process began, as field 22 of proc(5)'s stat: ids come again. Undefined where the system does not say. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything, also parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** What cannot be looked up from here, as in another container, is left alone. */
function removeEndedRuns(jobs: string): void {
  for (const name of readdirSync(jobs)) {
    const [owner, namespace, pid, started] = name.split('.');
    if (owner === machine() && namespace === pidNamespace() && !isRunning(Number(pid), started ?? '')) {
      rmSync(path.join(jobs, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false;
  }
  const now = startTime(pid);
  return now === undefined || started === '' || now === started;
}
