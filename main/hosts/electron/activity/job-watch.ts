/** Follows the jobs as a window does, through the contract, and tells who shows them to the system. */
import type { HostEvent, JobStatus, Settings } from '#shared/contract/models.ts';

export interface JobWatcher {
  /** The jobs that have not ended, after one of them changed. */
  active?(jobs: readonly JobStatus[]): void;
  /** A job has ended that was active before. */
  ended?(job: JobStatus): void;
  settings?(settings: Settings): void;
}

const endStates: ReadonlySet<JobStatus['state']> = new Set(['finished', 'cancelled', 'failed']);

export class JobWatch {
  readonly #watchers: readonly JobWatcher[];
  readonly #active = new Map<number, JobStatus>();

  constructor(watchers: readonly JobWatcher[]) {
    this.#watchers = watchers;
  }

  /** Resolves when the events end; whatever was shown of jobs is taken back then. */
  async follow(events: AsyncIterable<HostEvent>): Promise<void> {
    try {
      for await (const event of events) this.#take(event);
    } finally {
      this.stop();
    }
  }

  /** As if no job were there. */
  stop(): void {
    this.#active.clear();
    for (const watcher of this.#watchers) watcher.active?.([]);
  }

  #take(event: HostEvent): void {
    if (event.kind === 'settings') {
      for (const watcher of this.#watchers) watcher.settings?.(event.settings);
      return;
    }
    if (event.kind !== 'job' && event.kind !== 'status') return;
    const { job } = event;
    const wasActive = this.#active.delete(job.id);
    const hasEnded = endStates.has(job.state);
    if (!hasEnded) this.#active.set(job.id, job);
    for (const watcher of this.#watchers) {
      watcher.active?.([...this.#active.values()]);
      // One that ended within moments may be told of but once.
      if (hasEnded && (wasActive || event.kind === 'job')) watcher.ended?.(job);
    }
  }
}
