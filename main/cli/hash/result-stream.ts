/**
 * From sealed batches to written bytes. Batches queue here while the reader of the output is slow;
 * their slabs stay with us meanwhile, and the engine, which has only so many, waits: memory is
 * bounded however slow the reader.
 */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import type { FormatWriter } from '#shared/formats/format.ts';
import { failedStatuses, statuses } from '#shared/tables/statuses.ts';
import { EngineError } from '../../engine/engine.ts';
import type { ByteSink, MessageSink } from '../world.ts';
import { failureLine, shown } from './messages.ts';
import { WalkOrder } from './walk-order.ts';

/** Written in pieces of about this many bytes. */
const pieceBytes = 1 << 18;
const okNumber = statuses.indexOf('ok');

export interface Totals {
  files: number;
  bytes: number;
  ok: number;
  failed: number;
  skipped: number;
}

export interface ResultStreamOptions {
  readonly writer: FormatWriter;
  readonly order: 'walk' | 'completion';
  readonly output: ByteSink;
  readonly messages: MessageSink;
  /**
   * Whether a name is one that this command writes itself: it must not stand among the results.
   * Left out where it writes none.
   */
  readonly isOwn?: (name: Uint8Array) => boolean;
  /** Called once when the output fails, so that the work can be stopped; `finish` then rejects. */
  readonly onFailure: () => void;
}

interface Pending {
  readonly batch: Uint8Array;
  readonly release: () => void;
}

export class ResultStream {
  readonly totals: Totals = { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0 };
  readonly #options: ResultStreamOptions;
  readonly #order: WalkOrder | undefined;
  readonly #out = new ByteBuilder(pieceBytes * 2);
  readonly #pending: Pending[] = [];
  #pump: Promise<void> = Promise.resolve();
  #pumping = false;
  #records = 0;
  #failure: { readonly cause: unknown } | undefined;
  #abandoned = false;

  constructor(options: ResultStreamOptions) {
    this.#options = options;
    this.#order =
      options.order === 'walk' ? new WalkOrder((batch, start, end) => this.#emit(batch, start, end)) : undefined;
    options.writer.begin(this.#out);
  }

  /** A batch from the engine; `release` is called once its bytes are no longer needed. */
  accept(batch: Uint8Array, release: () => void): void {
    this.#pending.push({ batch, release });
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pump = this.#work();
  }

  /** Writes nothing of what is still waiting, and releases it; `finish` then only completes the document. */
  abandon(): void {
    this.#abandoned = true;
    for (const { release } of this.#pending.splice(0)) release();
  }

  /**
   * Call after the last batch, with the number of records that the engine says it gave. Rejects when
   * results were lost or could not be written.
   */
  async finish(given: number): Promise<void> {
    await this.#pump;
    if (this.#failure) throw this.#failure.cause;
    if (!this.#abandoned && this.#records !== given) {
      const difference = `the engine gave ${given} results, of which ${this.#records} arrived in order`;
      throw new EngineError('RESULTS_LOST', `${difference}; please report this`);
    }
    this.#options.writer.end(this.#out);
    await this.#write();
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
      if (this.#pending.length === 0 || this.#out.length >= pieceBytes) await this.#writeOrFail();
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
    for (let index = start; index < end; index++) this.#record(batch, index);
  }

  #record(batch: BatchView, index: number): void {
    const { messages, writer, isOwn } = this.#options;
    if (isOwn?.(batch.nameBytes(index))) {
      messages.write(`hashlane: ${shown(batch.nameBytes(index))}: left out, for this command writes it\n`);
      return;
    }
    this.totals.files++;
    if (batch.statusNumber(index) === okNumber) {
      this.totals.ok++;
      this.totals.bytes += batch.size(index);
    } else {
      const status = batch.status(index);
      if (status === 'skipped') this.totals.skipped++;
      else if (failedStatuses.has(status)) this.totals.failed++;
      messages.write(failureLine(batch, index));
    }
    writer.record(this.#out, batch, index);
  }

  async #writeOrFail(): Promise<void> {
    if (this.#failure || this.#abandoned) return;
    try {
      await this.#write();
      await this.#options.messages.drained();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #write(): Promise<void> {
    // Nothing is added meanwhile, so that the bytes need not be copied.
    if (this.#out.length > 0) await this.#options.output.write(this.#out.written);
    this.#out.clear();
  }

  #fail(cause: unknown): void {
    if (this.#failure) return;
    this.#failure = { cause };
    for (const { release } of this.#pending.splice(0)) release();
    this.#options.onFailure();
  }
}
