/**
 * Sorted results of many journals in one file, each journal's as small batches one after the other, so that all can be
 * read side by side: memory is one small batch of each.
 */
import { unlinkSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { gatherBatch, gatherEnd, type RecordPlace } from '#shared/batch/gather.ts';
import { maxBatchBytes } from '#shared/batch/layout.ts';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { temporaryName } from '../../base/output/leftovers.ts';

/** For all that is read side by side. */
const sideBySideBytes = 24 << 20;
const leastBytes = 4 << 10;
const mostBytes = 256 << 10;
/** Batches are gathered to so much before they are written. */
const writtenBytes = 1 << 20;

/** The sorted results of one journal. */
export interface SpooledRun {
  readonly start: number;
  readonly lengths: Uint32Array;
  readonly results: number;
}

export class Spool {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #batchBytes: number;
  #length = 0;
  /** The process may be told to end at once: even then the file does not stay behind. */
  readonly #removeNow = (): void => {
    try {
      unlinkSync(this.path);
    } catch {
      // It is gone already.
    }
  };

  private constructor(file: FileHandle, path: string, runs: number) {
    this.#file = file;
    this.path = path;
    this.#batchBytes = Math.min(mostBytes, Math.max(leastBytes, Math.floor(sideBySideBytes / runs)));
    process.once('exit', this.#removeNow);
  }

  /** `runs`: how many will be read side by side. Rejects with the system's error. */
  static async create(folder: string, runs: number): Promise<Spool> {
    const file = path.join(folder, temporaryName());
    return new Spool(await open(file, 'wx+', 0o600), file, runs);
  }

  /** Adds batches that are in order. Rejects with the system's error, and with what `sorted` throws. */
  async add(sorted: AsyncIterable<BatchView>): Promise<SpooledRun> {
    const start = this.#length;
    const lengths: number[] = [];
    let results = 0;
    let chunks: Uint8Array[] = [];
    let gathered = 0;
    const write = async (): Promise<void> => {
      await this.#write(Buffer.concat(chunks));
      chunks = [];
      gathered = 0;
    };
    for await (const batch of sorted) {
      results += batch.count;
      const places: RecordPlace[] = Array.from({ length: batch.count }, (_, index) => ({ batch, index }));
      for (let from = 0; from < places.length; ) {
        const end = gatherEnd(places, from, this.#batchBytes);
        const bytes = gatherBatch(places.slice(from, end), 0);
        from = end;
        chunks.push(bytes);
        lengths.push(bytes.length);
        gathered += bytes.length;
        if (gathered >= writtenBytes) await write();
      }
    }
    await write();
    return { start, lengths: Uint32Array.from(lengths), results };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#length);
      done += bytesWritten;
      this.#length += bytesWritten;
    }
  }

  reader(run: SpooledRun): RunReader {
    return new RunReader(this.#file, run, this.#batchBytes);
  }

  async remove(): Promise<void> {
    process.removeListener('exit', this.#removeNow);
    await this.#file.close();
    await rm(this.path, { force: true });
  }
}

/** One run, record by record. */
export class RunReader implements RecordPlace {
  batch!: BatchView;
  index = 0;
  /** Nothing is left. */
  isAtEnd = false;
  readonly #file: FileHandle;
  readonly #run: SpooledRun;
  #room: Uint8Array;
  #next = 0;
  #position: number;

  /** Before the first record: call `load`. */
  constructor(file: FileHandle, run: SpooledRun, batchBytes: number) {
    this.#file = file;
    this.#run = run;
    this.#room = new Uint8Array(Math.min(batchBytes, maxBatchBytes));
    this.#position = run.start;
  }

  /** Goes to the next record; false where the next batch must be loaded first. */
  advance(): boolean {
    this.index++;
    return this.index < this.batch.count;
  }

  /** Takes the next batch in; the bytes of the one before are gone then. Rejects with the system's error and BatchError. */
  async load(): Promise<void> {
    const length = this.#run.lengths[this.#next++];
    this.isAtEnd = length === undefined;
    if (length === undefined) return;
    if (this.#room.length < length) this.#room = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(this.#room, done, length - done, this.#position + done);
      if (bytesRead === 0) throw new Error('the file of sorted results is shorter than what was written to it');
      done += bytesRead;
    }
    this.#position += length;
    this.batch = openBatch(this.#room.subarray(0, length));
    this.index = 0;
  }
}
