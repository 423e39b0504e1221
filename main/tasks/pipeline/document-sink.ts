/** Results as a document: filtered, counted and written record by record, in one of the formats. */
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
  /** Whether a name is one that must not stand among the results, such as the document's own. */
  readonly isLeftOut?: (name: Uint8Array) => boolean;
  onLeftOut?(name: Uint8Array): void;
  /** A record without digests, which is written like any other. */
  onFailed?(batch: BatchView, index: number): void;
  /** Called once when the output fails, so that the work can be stopped; `finish` then rejects. */
  readonly onFailure: () => void;
}

export class DocumentSink implements BatchSink {
  readonly totals = new RecordTotals();
  readonly #options: DocumentSinkOptions;
  readonly #out = new ByteBuilder(pieceBytes * 2);
  readonly #pump: BatchPump;

  constructor(options: DocumentSinkOptions) {
    this.#options = options;
    this.#pump = new BatchPump({
      order: options.order,
      record: (batch, index) => this.#record(batch, index),
      isFull: () => this.#out.length >= pieceBytes,
      flush: () => this.#write(),
      onFailure: options.onFailure,
    });
    options.writer.begin(this.#out);
  }

  accept(batch: Uint8Array, release: () => void): void {
    this.#pump.accept(batch, release);
  }

  /** Writes nothing of what is still waiting; `finish` then only completes the document. */
  abandon(): void {
    this.#pump.abandon();
  }

  /** See `BatchPump.finish`. */
  async finish(given: number): Promise<void> {
    await this.#pump.finish(given);
    this.#options.writer.end(this.#out);
    await this.#write();
  }

  #record(batch: BatchView, index: number): void {
    const { writer, isLeftOut, onLeftOut, onFailed } = this.#options;
    if (isLeftOut?.(batch.nameBytes(index))) {
      onLeftOut?.(batch.nameBytes(index));
      return;
    }
    if (!this.totals.count(batch, index)) onFailed?.(batch, index);
    writer.record(this.#out, batch, index);
  }

  async #write(): Promise<void> {
    // Nothing is added meanwhile, so that the bytes need not be copied.
    if (this.#out.length > 0) await this.#options.write(this.#out.written);
    this.#out.clear();
  }
}
