/** One job of the engine, led into a sink: control, and totals that are live until it ends and final after. */
import type { JobTotals } from '#shared/contract/jobs.ts';
import type { Engine, EngineFeed, EngineJob, EngineJobEnd, EngineJobSpec } from '../../engine/engine.ts';
import { noTotals, runningTotals } from './running-totals.ts';

/** Takes sealed batches, in their order. */
export interface BatchSink {
  /** `release` must be called soon after the bytes are no longer needed, or the engine waits. */
  accept(batch: Uint8Array, release: () => void): void;
}

export class EngineRun {
  readonly #stats: Uint8Array;
  readonly #job: EngineJob;
  #totals = noTotals;
  #ended = false;
  /** Settles after the last batch was handed over. Rejects when the engine aborts the job. */
  readonly done: Promise<EngineJobEnd>;

  /** Throws EngineError. */
  constructor(engine: Pick<Engine, 'start' | 'stats'>, spec: Omit<EngineJobSpec, 'onBatch'>, sink: BatchSink) {
    this.#stats = engine.stats;
    this.#job = engine.start({ ...spec, onBatch: (batch, release) => sink.accept(batch, release) });
    this.done = this.#job.done.then(
      (end) => {
        const { files, bytes, ok, failed, skipped, elapsedMs } = end;
        this.#totals = { files, bytes, ok, failed, skipped, elapsedMs };
        this.#ended = true;
        return end;
      },
      (error: unknown) => {
        this.totals();
        this.#ended = true;
        throw error;
      },
    );
  }

  get id(): number {
    return this.#job.id;
  }

  get slot(): number {
    return this.#job.slot;
  }

  totals(): JobTotals {
    if (!this.#ended) this.#totals = runningTotals(this.#stats, this.slot, this.id) ?? this.#totals;
    return this.#totals;
  }

  pause(): void {
    this.#job.pause();
  }

  resume(): void {
    this.#job.resume();
  }

  cancel(): void {
    this.#job.cancel();
  }

  /** See `EngineJob.openFeed`. */
  openFeed(name: Uint8Array, root: number, size?: number): EngineFeed {
    return this.#job.openFeed(name, root, size);
  }
}

/** The sum of what several runs of one task have done; the time is that of the runs, one after the other. */
export function sumTotals(all: Iterable<JobTotals>): JobTotals {
  const sum = { ...noTotals };
  for (const totals of all) for (const name of Object.keys(sum) as (keyof JobTotals)[]) sum[name] += totals[name];
  return sum;
}
