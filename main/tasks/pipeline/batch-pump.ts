/**
 * From sealed batches to records, in walk order where that is wanted. Batches queue here while whoever takes the
 * records is slow; their slabs stay with us meanwhile, and the engine, which has only so many, waits: memory is
 * bounded however slow the taker.
 */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { EngineError } from '../../engine/engine.ts';
import type { BatchSink } from './engine-run.ts';
import { WalkOrder } from './walk-order.ts';

export interface BatchPumpOptions {
  readonly order: 'walk' | 'completion';
  /** Takes one record; the batch's bytes are another's once this has returned. */
  record(batch: BatchView, index: number): void;
  /** Whether so much is gathered that `flush` should be called before the next batch. */
  isFull(): boolean;
  /** Passes on what is gathered. The next records come once this has settled. */
  flush(): Promise<void>;
  /** Called once when taking or flushing fails, so that the work can be stopped; `finish` then rejects. */
  readonly onFailure: () => void;
}

interface Pending {
  readonly batch: Uint8Array;
  readonly release: () => void;
}

export class BatchPump implements BatchSink {
  readonly #options: BatchPumpOptions;
  readonly #order: WalkOrder | undefined;
  readonly #pending: Pending[] = [];
  #pump: Promise<void> = Promise.resolve();
  #pumping = false;
  #records = 0;
  #failure: { readonly cause: unknown } | undefined;
  #abandoned = false;

  constructor(options: BatchPumpOptions) {
    this.#options = options;
    this.#order =
      options.order === 'walk' ? new WalkOrder((batch, start, end) => this.#emit(batch, start, end)) : undefined;
  }

  /** A batch from the engine; `release` is called once its bytes are no longer needed. */
  accept(batch: Uint8Array, release: () => void): void {
    this.#pending.push({ batch, release });
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pump = this.#work();
  }

  /** Takes nothing of what is still waiting, and releases it. */
  abandon(): void {
    this.#abandoned = true;
    for (const { release } of this.#pending.splice(0)) release();
  }

  /**
   * Call after the last batch, with the number of records that the engine says it gave. Rejects when
   * results were lost or could not be passed on.
   */
  async finish(given: number): Promise<void> {
    await this.#pump;
    if (this.#failure) throw this.#failure.cause;
    if (!this.#abandoned && this.#records !== given) {
      const difference = `the engine gave ${given} results, of which ${this.#records} arrived in order`;
      throw new EngineError('RESULTS_LOST', `${difference}; please report this`);
    }
  }

  async #work(): Promise<void> {
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      try {
        if (!this.#abandoned && !this.#failure) this.#take(next.batch);
      } catch (error) {
        this.#fail(error);
      } finally {
        next.release();
      }
      if (this.#pending.length === 0 || this.#options.isFull()) await this.#flush();
    }
    this.#pumping = false;
  }

  #take(bytes: Uint8Array): void {
    // The bytes come straight from this process's engine: their checksum has nothing to tell.
    const batch = openBatch(bytes, { checksum: false });
    if (this.#order) this.#order.accept(batch);
    else this.#emit(batch, 0, batch.count);
  }

  #emit(batch: BatchView, start: number, end: number): void {
    this.#records += end - start;
    for (let index = start; index < end; index++) this.#options.record(batch, index);
  }

  async #flush(): Promise<void> {
    if (this.#failure || this.#abandoned) return;
    try {
      await this.#options.flush();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(cause: unknown): void {
    if (this.#failure) return;
    this.#failure = { cause };
    for (const { release } of this.#pending.splice(0)) release();
    this.#options.onFailure();
  }
}
