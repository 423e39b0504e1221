/**
 * Results as a document: filtered, counted and written record by record, in one of the formats. Several of the engine's
 * jobs may make one document, one after the other.
 */
import { recordFlags } from '#shared/batch/layout.ts';
import type { BatchView } from '#shared/batch/reader.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import type { FormatWriter } from '#shared/formats/format.ts';
import { BatchPump } from './batch-pump.ts';
import type { BatchSink } from './engine-run.ts';
import { RecordTotals } from './record-totals.ts';

/** Written in pieces of about this many bytes. */
const pieceBytes = 1 << 18;

export interface DocumentSinkOptions {
  readonly writer: FormatWriter;
  readonly order: 'walk' | 'completion';
  /** Settles once the bytes are gone; until then they do not change. */
  write(bytes: Uint8Array): Promise<void>;
  /** Whether a record must not stand among the results, such as that of the document's own file. */
  readonly isLeftOut?: (batch: BatchView, index: number) => boolean;
  /** A record with digests that the format cannot carry, and why. */
  onRefused?(name: Uint8Array, reason: string): void;
  /** A record with digests of a file that another program had open for writing. */
  onOpenForWriting?(batch: BatchView, index: number): void;
  /** A record without digests, which is written like any other. */
  onFailed?(batch: BatchView, index: number): void;
  /** Called once when the output fails, so that the work can be stopped; `finish` then rejects. */
  readonly onFailure: () => void;
}

export class DocumentSink implements BatchSink {
  readonly totals = new RecordTotals();
  readonly #options: DocumentSinkOptions;
  readonly #out = new ByteBuilder(pieceBytes * 2);
  #pump: BatchPump;
  #isAbandoned = false;

  constructor(options: DocumentSinkOptions) {
    this.#options = options;
    this.#pump = this.#newPump();
    options.writer.begin(this.#out);
  }

  #newPump(): BatchPump {
    return new BatchPump({
      order: this.#options.order,
      record: (batch, index) => this.#record(batch, index),
      isFull: () => this.#out.length >= pieceBytes,
      flush: () => this.#write(),
      onFailure: this.#options.onFailure,
    });
  }

  accept(batch: Uint8Array, release: () => void): void {
    this.#pump.accept(batch, release);
  }

  /** Writes nothing of what is still waiting; `finish` then only completes the document. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#pump.abandon();
  }

  /** The end of a job, after which another one may follow. See `BatchPump.finish`. */
  async finishJob(given: number): Promise<void> {
    await this.#pump.finish(given);
    this.#pump = this.#newPump();
    if (this.#isAbandoned) this.#pump.abandon();
  }

  /** The end of the document. */
  async finish(): Promise<void> {
    this.#options.writer.end(this.#out);
    await this.#write();
  }

  #record(batch: BatchView, index: number): void {
    const { writer, isLeftOut, onFailed } = this.#options;
    if (isLeftOut?.(batch, index)) return;
    const hasDigests = this.totals.count(batch, index);
    const refusal = hasDigests ? writer.refusal?.(batch, index) : undefined;
    if (refusal !== undefined) {
      this.#options.onRefused?.(batch.nameBytes(index), refusal);
      return;
    }
    if (!hasDigests) onFailed?.(batch, index);
    else if (batch.flags(index) & recordFlags.openForWriting) this.#options.onOpenForWriting?.(batch, index);
    writer.record(this.#out, batch, index);
  }

  async #write(): Promise<void> {
    // Nothing is added meanwhile, so that the bytes need not be copied.
    if (this.#out.length > 0) await this.#options.write(this.#out.written);
    this.#out.clear();
  }
}
