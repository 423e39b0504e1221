/** Tells that a long job has ended to someone who is not looking. Names no file: a locked screen may show it. */
import type { JobStatus } from '#shared/contract/models.ts';
import { formatCount, formatDuration } from '#shared/text/quantities.ts';
import type { JobWatcher } from './job-watch.ts';

/** Whoever started something shorter is still there. */
const longMs = 10_000;

export interface EndNoticeHost {
  /** The window is there, in front and not minimized. */
  isSeen(): boolean;
  /** Shows a notification of the system's, where it has any. */
  show(title: string, body: string): void;
}

export class EndNotice implements JobWatcher {
  readonly #host: EndNoticeHost;

  constructor(host: EndNoticeHost) {
    this.#host = host;
  }

  ended(job: JobStatus): void {
    if (job.kind === 'guard') {
      this.#guarded(job);
      return;
    }
    const tookMs = Date.now() - job.startedAt;
    // Whoever cancelled it knows.
    if (job.state === 'cancelled' || tookMs < longMs || this.#host.isSeen()) return;
    this.#host.show(titleOf(job), bodyOf(job, tookMs));
  }

  /** A check is only worth a word when something rotted, however long it took. */
  #guarded({ outcome }: JobStatus): void {
    const damaged = outcome?.counts.damaged ?? 0;
    if (damaged === 0 || this.#host.isSeen()) return;
    const files = damaged === 1 ? '1 file is' : `${formatCount(damaged)} files are`;
    this.#host.show(
      'Damage found',
      `${files} not as on record, although nobody wrote to ${damaged === 1 ? 'it' : 'them'}.`,
    );
  }
}

function titleOf({ state, totals }: JobStatus): string {
  if (state === 'failed') return 'The job failed';
  return totals.failed > 0 ? 'Hashing finished with errors' : 'Hashing finished';
}

function bodyOf({ state, totals, failure }: JobStatus, tookMs: number): string {
  if (state === 'failed') return `Results are incomplete${failure ? ` (${failure.code})` : ''}.`;
  const files = `${formatCount(totals.files)} ${totals.files === 1 ? 'file' : 'files'}`;
  const failed = totals.failed > 0 ? `, ${formatCount(totals.failed)} could not be hashed` : '';
  return `${files} in ${formatDuration(tookMs / 1e3)}${failed}.`;
}
