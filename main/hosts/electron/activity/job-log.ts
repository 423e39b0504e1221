import type { JobStatus } from '#shared/contract/models.ts';
import { jobIdText } from '#shared/jobs/job-id.ts';
import type { Log } from '../log/log.ts';
import type { JobWatcher } from './job-watch.ts';

/** What came of each job, in figures. */
export class JobLog implements JobWatcher {
  readonly #log: Log;
  readonly #begun = new Set<number>();

  constructor(log: Log) {
    this.#log = log;
  }

  active(jobs: readonly JobStatus[]): void {
    for (const { id, algorithms } of jobs) {
      if (this.#begun.has(id)) continue;
      this.#begun.add(id);
      this.#log.info(`job ${jobIdText(id)} began: ${algorithms.join(' ')}`);
    }
  }

  ended({ id, state, totals, failure }: JobStatus): void {
    const { files, bytes, ok, failed, skipped, elapsedMs } = totals;
    const figures = `${files} files, ${bytes} bytes, ${ok} ok, ${failed} failed, ${skipped} skipped, ${Math.round(elapsedMs)} ms`;
    this.#log.info(`job ${jobIdText(id)} ${state}: ${figures}${failure === null ? '' : `, ${failure.code}`}`);
    this.#begun.delete(id);
  }
}
