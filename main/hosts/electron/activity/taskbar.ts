/** Progress on the taskbar or dock icon: paused and failed look so where the system can show it. */
import type { JobStatus } from '#shared/contract/models.ts';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';
import type { JobWatcher } from './job-watch.ts';

const everyMs = 500;

/** The part of `BrowserWindow` that is used. */
export interface ProgressWindow {
  setProgressBar(part: number, options?: { mode: 'normal' | 'indeterminate' | 'error' | 'paused' }): void;
  isFocused(): boolean;
  once(event: 'focus', listener: () => void): unknown;
}

export interface TaskbarProgress {
  /** 0 to 1; 2 where the amount is not known yet. */
  readonly part: number;
  readonly mode: 'normal' | 'indeterminate' | 'paused';
}

/** What the icon should show of the active jobs; there is at least one. */
export function taskbarProgress(active: readonly JobStatus[], reading: StatsReading): TaskbarProgress {
  const jobs = reading.jobs.filter(({ jobId }) => active.some(({ id }) => id === jobId));
  const sum = (figure: (job: StatsReading['jobs'][number]) => number): number =>
    jobs.reduce((total, job) => total + figure(job), 0);
  const found = sum((job) => job.bytesFound);
  const known = found > 0 && jobs.every(({ countComplete }) => countComplete === 1);
  const part = known ? Math.min(sum((job) => job.bytesDone) / found, 1) : 2;
  if (active.every(({ state }) => state === 'paused')) return { part, mode: 'paused' };
  return { part, mode: known ? 'normal' : 'indeterminate' };
}

export class Taskbar implements JobWatcher {
  readonly #window: () => ProgressWindow | undefined;
  readonly #stats: Uint8Array;
  #active: readonly JobStatus[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param stats the engine's live block */
  constructor(window: () => ProgressWindow | undefined, stats: Uint8Array) {
    this.#window = window;
    this.#stats = stats;
  }

  active(jobs: readonly JobStatus[]): void {
    this.#active = jobs;
    if (jobs.length > 0) {
      this.#timer ??= setInterval(() => this.#show(), everyMs);
      this.#show();
    } else if (this.#timer !== undefined) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#window()?.setProgressBar(-1);
    }
  }

  /** A job that failed stays on the icon until the window is looked at. */
  ended(job: JobStatus): void {
    const window = this.#window();
    if (job.state !== 'failed' || this.#active.length > 0 || window === undefined || window.isFocused()) return;
    window.setProgressBar(1, { mode: 'error' });
    window.once('focus', () => {
      if (this.#active.length === 0) window.setProgressBar(-1);
    });
  }

  #show(): void {
    const { part, mode } = taskbarProgress(this.#active, readStats(this.#stats));
    this.#window()?.setProgressBar(part, { mode });
  }
}
