/**
 * A job's results on disk, and the queue between the engine and the windows. After a header that says whose
 * they are (`journal-header.ts`) blocks are appended as they are, back to back: result batches (`HLB1`) and
 * records of the job's kind (`HLR1`, `shared/records`). Each one's header tells its length, so the file
 * describes itself.
 *
 * The invariants that everything above relies on: a batch counts (`batches`) only once it is
 * written; it is told of (`appended`) only then, and its slab given back to the engine after that;
 * readers see what counts and nothing else. So a slow window costs disk, never memory, and nothing
 * is shown that was not written.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { batchHeader, batchHeaderBytes, batchMagic, maxBatchBytes } from '#shared/batch/layout.ts';
import { maxRecordsBytes, RecordsBuilder, recordsHeaderBytes, recordsMagic } from '#shared/records/block.ts';
import { describeSystemError, systemCode } from '../base/system-error.ts';
import { type JournalHeader, writeJournalHeader } from './journal-header.ts';

export type JournalErrorCode =
  | 'JOURNAL_FULL'
  | 'JOURNAL_UNWRITABLE'
  | 'JOURNAL_UNREADABLE'
  | 'JOURNAL_REMOVED'
  | 'BATCH_CORRUPT';

export class JournalError extends Error {
  readonly code: JournalErrorCode;
  constructor(code: JournalErrorCode, message: string) {
    super(message);
    this.name = 'JournalError';
    this.code = code;
  }
}

export interface JournalListener {
  /** One more batch can be read. Its bytes are still at hand; they change once this has returned. */
  appended(sequence: number, batch: Uint8Array): void;
  /** Told once; nothing is written any more, and what is handed over is released unread. */
  failed(error: JournalError): void;
}

interface Pending {
  readonly batch: Uint8Array;
  readonly release: () => void;
}

export class Journal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly #file: FileHandle;
  /** Where the first block begins. */
  readonly #begin: number;
  /** The number that each engine job's next batch must have: a task may run several. */
  readonly #expected = new Map<bigint, number>();
  /** Where each batch ends in the file; its length is the number of batches written. */
  readonly #ends: number[] = [];
  readonly #queue: Pending[] = [];
  /** Settles when the queue has run empty. */
  #writing: Promise<void> | null = null;
  /** Blocks handed over. */
  #taken = 0;
  #listener: JournalListener | null = null;
  #error: JournalError | null = null;
  #finished = false;
  #removed = false;

  private constructor(path: string, header: JournalHeader, file: FileHandle, begin: number) {
    this.path = path;
    this.header = header;
    this.#file = file;
    this.#begin = begin;
  }

  /** Throws the system's error when the file cannot be made; an existing file is never overwritten. */
  static async create(path: string, header: JournalHeader): Promise<Journal> {
    const file = await open(path, 'wx', 0o600);
    const bytes = writeJournalHeader(header);
    try {
      await writeFully(file, bytes, 0);
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
      throw error;
    }
    return new Journal(path, header, file, bytes.length);
  }

  /** Blocks written. */
  get batches(): number {
    return this.#ends.length;
  }

  /** True once no batch can follow. */
  get finished(): boolean {
    return this.#finished;
  }

  listen(listener: JournalListener): void {
    this.#listener = listener;
  }

  /** Takes a batch in; `release` is called once it is written or given up. Never throws. */
  append(batch: Uint8Array, release: () => void): void {
    if (this.#error !== null) {
      release();
      return;
    }
    this.#taken++;
    this.#queue.push({ batch, release });
    this.#writing ??= this.#drain();
  }

  /**
   * Takes records of the job's kind in; resolves once they are written or given up, so that whoever waits
   * for it keeps no more than one call's. Throws RecordsError for a record of more than 1 MiB.
   */
  async appendRecords(records: Iterable<unknown>): Promise<void> {
    const builder = new RecordsBuilder();
    let written: Promise<void> = Promise.resolve();
    const append = (): void => {
      written = new Promise((resolve) => this.append(builder.take(this.header.id, this.#taken), resolve));
    };
    for (const record of records) {
      if (builder.add(record)) continue;
      append();
      builder.add(record);
    }
    if (builder.count > 0) append();
    await written;
  }

  /** Writes what was handed over and closes the file; after this only readers are served. */
  async finish(): Promise<void> {
    await this.#writing;
    if (this.#finished) return;
    this.#finished = true;
    // Network file systems report a full disk as late as here.
    await this.#file.close().catch((error: unknown) => this.#fail(asWriteError(error)));
  }

  /** Deletes the file; readers get JOURNAL_REMOVED from now on. */
  async remove(): Promise<void> {
    this.#removed = true;
    await this.finish();
    await rm(this.path, { force: true });
  }

  openReader(): JournalReader {
    return new JournalReader(this.path, (sequence) => {
      if (this.#removed) throw new JournalError('JOURNAL_REMOVED', 'The results have been cleared.');
      const end = this.#ends[sequence];
      if (end === undefined) throw new RangeError(`Batch ${sequence} is not written yet.`);
      const start = sequence === 0 ? this.#begin : this.#ends[sequence - 1]!;
      return { start, length: end - start };
    });
  }

  async #drain(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (this.#error === null) await this.#write(next.batch);
      next.release();
    }
    this.#writing = null;
  }

  async #write(batch: Uint8Array): Promise<void> {
    const sequence = this.#ends.length;
    try {
      this.#check(batch, sequence);
      const start = this.#ends.at(-1) ?? this.#begin;
      await writeFully(this.#file, batch, start);
      this.#ends.push(start + batch.length);
    } catch (error) {
      this.#fail(error instanceof JournalError ? error : asWriteError(error));
      return;
    }
    this.#listener?.appended(sequence, batch);
  }

  /** Looks only at what the journal itself depends on; readers check everything. Throws JournalError. */
  #check(block: Uint8Array, sequence: number): void {
    const view = new DataView(block.buffer, block.byteOffset, block.length);
    const magic = block.length >= 4 ? view.getUint32(0, true) : 0;
    const sound = magic === recordsMagic ? recordsSound(view, sequence) : magic === batchMagic && this.#isNext(view);
    if (!sound) throw new JournalError('BATCH_CORRUPT', `The engine handed over a damaged batch (number ${sequence}).`);
  }

  /** Whether `view` is a batch of sound lengths that follows the one before of the same engine job. */
  #isNext(view: DataView): boolean {
    if (view.byteLength < batchHeaderBytes || view.byteLength > maxBatchBytes) return false;
    const field = (name: keyof typeof batchHeader): number => view.getUint32(batchHeader[name][0], true);
    const job = view.getBigUint64(batchHeader.jobId[0], true);
    const expected = this.#expected.get(job) ?? 0;
    this.#expected.set(job, expected + 1);
    return field('sequence') === expected && field('coldOffset') + field('coldLength') === view.byteLength;
  }

  #fail(error: JournalError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.#listener?.failed(error);
  }
}

/** Reads batches of one journal. Opens the file when first needed, and again after `close`. */
export class JournalReader {
  readonly #path: string;
  readonly #locate: (sequence: number) => { start: number; length: number };
  #file: Promise<FileHandle> | null = null;

  /** Use `Journal.openReader`. */
  constructor(path: string, locate: (sequence: number) => { start: number; length: number }) {
    this.#path = path;
    this.#locate = locate;
  }

  /**
   * The bytes of a written batch, in what `room` lends for so many, or else in memory of their own.
   * Throws JournalError.
   */
  async read(sequence: number, room = (length: number) => new Uint8Array(length)): Promise<Uint8Array> {
    const { start, length } = this.#locate(sequence);
    const bytes = room(length).subarray(0, length);
    try {
      this.#file ??= open(this.#path, 'r');
      const file = await this.#file;
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, start + done);
        if (bytesRead === 0) throw new Error('the journal is shorter than what was written to it');
        done += bytesRead;
      }
    } catch (error) {
      this.#locate(sequence); // Removed meanwhile: that is the better answer.
      throw new JournalError('JOURNAL_UNREADABLE', `The results cannot be read back: ${describeSystemError(error)}.`);
    }
    return bytes;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.then((handle) => handle.close()).catch(() => undefined);
  }
}

function recordsSound(view: DataView, sequence: number): boolean {
  if (view.byteLength < recordsHeaderBytes || view.byteLength > maxRecordsBytes) return false;
  return view.getUint32(4, true) === view.byteLength && view.getUint32(16, true) === sequence;
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function asWriteError(error: unknown): JournalError {
  const full = systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT';
  return new JournalError(
    full ? 'JOURNAL_FULL' : 'JOURNAL_UNWRITABLE',
    `The results cannot be written to the journal: ${describeSystemError(error)}.`,
  );
}
