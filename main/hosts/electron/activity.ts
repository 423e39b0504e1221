/**
 * Shows the system that Hashlane is at work: progress on the taskbar, no sleep while a job runs.
 * Knows the jobs as a window does, through the contract; the figures come from the stats block.
 */
import { type BrowserWindow, nativeTheme, powerSaveBlocker } from 'electron';
import type { HostEvent, JobSummary } from '#shared/contract/models.ts';
import { readStats } from '#shared/stats/reader.ts';

const everyMs = 500;

export class Activity {
  readonly #window: () => BrowserWindow | undefined;
  readonly #stats: Uint8Array;
  readonly #active = new Map<number, JobSummary>();
  #timer: NodeJS.Timeout | undefined;
  #blocker: number | undefined;

  /** @param stats the engine's live block */
  constructor(window: () => BrowserWindow | undefined, stats: Uint8Array) {
    this.#window = window;
    this.#stats = stats;
  }

  /** Follows the core's events until they end. */
  async follow(events: AsyncIterable<HostEvent>): Promise<void> {
    for await (const event of events) {
      if (event.kind === 'settings') nativeTheme.themeSource = event.settings.theme;
      if (event.kind === 'job') this.#update(event.job);
    }
  }

  #update(job: JobSummary): void {
    const ended = job.state === 'finished' || job.state === 'cancelled' || job.state === 'failed';
    if (ended) this.#active.delete(job.id);
    else this.#active.set(job.id, job);
    const working = [...this.#active.values()].some(({ state }) => state !== 'paused');
    if (working && this.#blocker === undefined) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!working) this.#allowSleep();
    if (this.#active.size > 0) this.#timer ??= setInterval(() => this.#showProgress(), everyMs);
    else this.stop();
  }

  #showProgress(): void {
    const jobs = readStats(this.#stats).jobs.filter(({ jobId }) => this.#active.has(jobId));
    const sum = (figure: (job: (typeof jobs)[number]) => number): number =>
      jobs.reduce((total, job) => total + figure(job), 0);
    const known = jobs.every(({ countComplete }) => countComplete === 1) && sum((job) => job.bytesFound) > 0;
    const paused = [...this.#active.values()].every(({ state }) => state === 'paused');
    const mode = paused ? 'paused' : known ? 'normal' : 'indeterminate';
    const part = known ? Math.min(sum((job) => job.bytesDone) / sum((job) => job.bytesFound), 1) : 2;
    this.#window()?.setProgressBar(part, { mode });
  }

  #allowSleep(): void {
    if (this.#blocker !== undefined) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#allowSleep();
    this.#window()?.setProgressBar(-1);
  }
}
