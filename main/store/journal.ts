/**
 * A job on disk, and the queue between the engine and the windows. After a header that says whose it is
 * (`journal-header.ts`) frames are appended, back to back: result batches (`HLB1`), records of the job's kind
 * (`HLR1`, `shared/records`) and notes of what happened to the job (`HLN1`, `journal-notes.ts`). The first two are
 * blocks, and numbered. Each frame's header tells its length, so the file describes itself. See docs/journal.md.
 *
 * The invariants that everything above relies on: a block counts (`batches`) only once it is written; it is told of
 * (`appended`) only then, and its slab given back to the engine after that; readers see what counts and nothing
 * else. So a slow window costs disk, never memory, and nothing is shown that was not written. What is written is on
 * the disk a second later at the latest, and at once when the job's state changes.
 */
import { createHash, type Hash } from 'node:crypto';
import { hostname } from 'node:os';
import type { JobStateName } from '#shared/jobs/states.ts';
import { RecordsBuilder } from '#shared/records/block.ts';
import { BlockOrder } from './block-checks.ts';
import { asWriteError, JournalError } from './journal-error.ts';
import { type JournalFile, type JournalFiles, systemFiles, writeFully } from './journal-files.ts';
import { type JournalHeader, writeJournalHeader } from './journal-header.ts';
import { type JournalNote, type NotedRoot, rootNotes, type Seal, writeNote } from './journal-notes.ts';
import { type BlockPlace, JournalReader } from './journal-reader.ts';
import type { Lock } from './lock.ts';
import { ReplacedRecords } from './replaced-records.ts';

export { JournalError } from './journal-error.ts';
export { JournalReader } from './journal-reader.ts';

/** Written and not yet on the disk: no more than this long. */
const defaultSyncMs = 1_000;

export interface JournalListener {
  /** One more block can be read. Its bytes are still at hand; they change once this has returned. */
  appended(sequence: number, batch: Uint8Array): void;
  /** Told once; nothing is written any more, and what is handed over is released unread. */
  failed(error: JournalError): void;
}

export interface JournalOptions {
  readonly files?: JournalFiles;
  /** How long something may be written and not on the disk, milliseconds. */
  readonly syncMs?: number;
  /** Held until the journal is finished. */
  readonly lock?: Lock;
  /** What the job is about. */
  readonly roots?: readonly NotedRoot[];
  readonly replaced?: ReplacedRecords;
}

/** What is sound of a journal that was there before. */
export interface StoredJournal {
  readonly header: JournalHeader;
  readonly blocks: readonly BlockPlace[];
  /** For each run the number of its first block. */
  readonly runs: readonly number[];
  /** Bytes that are sound. */
  readonly length: number;
}

/** Where the writing of such a journal goes on. */
export interface JournalEnd {
  readonly file: JournalFile;
  /** SHA-256 of the bytes that are sound, still open. */
  readonly hash: Hash;
}

interface Pending {
  /** Null for a note. */
  readonly block: Uint8Array | null;
  /** Made when its turn comes: it says where it lies and what comes before it. */
  readonly note: (() => JournalNote) | null;
  readonly release: () => void;
}

export type SealedEnd = Omit<Seal, 'type' | 'at' | 'blocks' | 'digest'>;

export class Journal {
  readonly path: string;
  readonly header: JournalHeader;
  /** Records that a later run has replaced: a table of all blocks leaves them out. */
  readonly replaced: ReplacedRecords;
  /** For each run the number of its first block. */
  readonly runs: number[] = [];
  readonly #files: JournalFiles;
  readonly #syncMs: number;
  readonly #order = new BlockOrder();
  readonly #places: BlockPlace[] = [];
  /** What is written to; null once there is nothing more to write. */
  #out: { readonly file: JournalFile; readonly hash: Hash; readonly lock: Lock | null } | null = null;
  /** Bytes written. */
  #position = 0;
  readonly #queue: Pending[] = [];
  /** Settles when the queue has run empty. */
  #writing: Promise<void> | null = null;
  #syncTimer: NodeJS.Timeout | null = null;
  #syncing: Promise<void> = Promise.resolve();
  /** Blocks handed over. */
  #taken = 0;
  #listener: JournalListener | null = null;
  #error: JournalError | null = null;
  #finished: Promise<void> | null = null;
  #cleared = false;

  private constructor(path: string, header: JournalHeader, options: JournalOptions) {
    this.path = path;
    this.header = header;
    this.#files = options.files ?? systemFiles;
    this.#syncMs = options.syncMs ?? defaultSyncMs;
    this.replaced = options.replaced ?? new ReplacedRecords();
  }

  /** Throws the system's error when the file cannot be made; an existing file is never overwritten. */
  static async create(path: string, header: JournalHeader, options: JournalOptions = {}): Promise<Journal> {
    const files = options.files ?? systemFiles;
    // Whole from the first moment on: nobody ever finds half a header under the journal's name.
    const begun = `${path}.new`;
    await files.remove(begun);
    const file = await files.create(begun);
    const journal = new Journal(path, header, options);
    journal.#out = { file, hash: createHash('sha256'), lock: options.lock ?? null };
    try {
      await journal.#put(writeJournalHeader(header));
      for (const note of rootNotes(options.roots ?? [])) await journal.#putNote(note);
      await journal.#beginRun(header.tool);
      await file.datasync();
      await files.publish(begun, path);
    } catch (error) {
      await file.close().catch(() => undefined);
      await files.remove(begun).catch(() => undefined);
      throw error;
    }
    return journal;
  }

  /** A journal that nobody writes, for its readers. */
  static past(path: string, found: StoredJournal, options: Pick<JournalOptions, 'files' | 'replaced'> = {}): Journal {
    const journal = new Journal(path, found.header, options);
    journal.#take(found);
    journal.#finished = Promise.resolve();
    return journal;
  }

  /** Goes on with a journal that nobody writes, as a new run; `end.file` is open for writing. Throws the system's error. */
  async goOn(end: StoredJournal & JournalEnd, lock: Lock | null, tool?: string): Promise<void> {
    await end.file.truncate(end.length);
    this.#take(end);
    this.#error = null;
    this.#cleared = false;
    this.#out = { file: end.file, hash: end.hash, lock };
    await this.#beginRun(tool);
    await end.file.datasync();
    this.#order.beginRun();
    this.#finished = null;
  }

  #take({ blocks, runs, length }: StoredJournal): void {
    this.#places.length = 0;
    for (const place of blocks) this.#places.push(place);
    this.runs.splice(0, this.runs.length, ...runs);
    this.#taken = blocks.length;
    this.#position = length;
  }

  async #beginRun(tool = ''): Promise<void> {
    this.runs.push(this.#places.length);
    await this.#putNote({ type: 'run', run: this.runs.length, at: Date.now(), tool, host: hostname() });
  }

  /** Blocks written. */
  get batches(): number {
    return this.#places.length;
  }

  /** Bytes written. */
  get bytes(): number {
    return this.#position;
  }

  /** True once no block can follow. */
  get finished(): boolean {
    return this.#out === null;
  }

  listen(listener: JournalListener): void {
    this.#listener = listener;
  }

  /** Takes a batch in; `release` is called once it is written or given up. Never throws. */
  append(batch: Uint8Array, release: () => void): void {
    if (this.#error !== null || this.#finished !== null) {
      release();
      return;
    }
    this.#taken++;
    this.#enqueue({ block: batch, note: null, release });
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

  /** Notes the job's new state; resolves once that, and all before it, is on the disk or given up. Never rejects. */
  async state(state: JobStateName): Promise<void> {
    if (this.#error !== null || this.#finished !== null) return;
    await this.#note(() => ({ type: 'state', at: Date.now(), state }));
    await this.#sync();
  }

  /** Writes how the job has ended, and finishes. A journal that failed stays without a seal. */
  async seal(end: SealedEnd): Promise<void> {
    if (this.#error === null && this.#finished === null) {
      await this.#note(() => ({
        type: 'seal',
        at: Date.now(),
        ...end,
        blocks: this.#places.length,
        digest: this.#digest(),
      }));
    }
    await this.finish();
  }

  /** Writes what was handed over to the disk and closes the file; after this only readers are served. */
  finish(): Promise<void> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  async #finish(): Promise<void> {
    await this.#writing;
    if (this.#syncTimer !== null) clearTimeout(this.#syncTimer);
    this.#syncTimer = null;
    if (this.#error === null) await this.#sync();
    await this.#syncing;
    // Network file systems report a full disk as late as here.
    const out = this.#out;
    await out?.file.close().catch((error: unknown) => this.#fail(asWriteError(error)));
    this.#out = null;
    await out?.lock?.release();
  }

  /** The results are shown no more: readers get JOURNAL_REMOVED from now on. The file stays. */
  async clear(): Promise<void> {
    this.#cleared = true;
    await this.finish();
  }

  /** Deletes the file; readers get JOURNAL_REMOVED from now on. */
  async remove(): Promise<void> {
    await this.clear();
    await this.#files.remove(this.path);
  }

  openReader(): JournalReader {
    return new JournalReader(this.#files, this.path, (sequence) => {
      if (this.#cleared) throw new JournalError('JOURNAL_REMOVED', 'The results have been cleared.');
      const place = this.#places[sequence];
      if (place === undefined) throw new RangeError(`Batch ${sequence} is not written yet.`);
      return place;
    });
  }

  #enqueue(pending: Pending): void {
    this.#queue.push(pending);
    this.#writing ??= this.#drain();
  }

  #note(note: () => JournalNote): Promise<void> {
    return new Promise((release) => this.#enqueue({ block: null, note, release }));
  }

  async #drain(): Promise<void> {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (this.#error === null) await this.#write(next);
      next.release();
    }
    this.#writing = null;
  }

  async #write({ block, note }: Pending): Promise<void> {
    const sequence = this.#places.length;
    try {
      if (note !== null) await this.#putNote(note());
      if (block === null) return;
      if (!this.#order.accepts(block, sequence)) {
        throw new JournalError('BATCH_CORRUPT', `The engine handed over a damaged batch (number ${sequence}).`);
      }
      const start = this.#position;
      await this.#put(block);
      this.#places.push({ start, length: block.length });
    } catch (error) {
      this.#fail(error instanceof JournalError ? error : asWriteError(error));
      return;
    }
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = null;
      void this.#checkpoint();
    }, this.#syncMs);
    this.#listener?.appended(sequence, block);
  }

  async #put(bytes: Uint8Array): Promise<void> {
    const { file, hash } = this.#out!;
    await writeFully(file, bytes, this.#position);
    hash.update(bytes);
    this.#position += bytes.length;
  }

  #putNote(note: JournalNote): Promise<void> {
    return this.#put(writeNote(note, this.header.id, this.#position));
  }

  #digest(): string {
    return this.#out!.hash.copy().digest('hex');
  }

  async #checkpoint(): Promise<void> {
    if (this.#error !== null || this.#finished !== null) return;
    await this.#note(() => ({
      type: 'checkpoint',
      at: Date.now(),
      blocks: this.#places.length,
      digest: this.#digest(),
    }));
    await this.#sync();
  }

  /** One after the other: a failure is that of everything written before it. */
  #sync(): Promise<void> {
    this.#syncing = this.#syncing.then(async () => {
      if (this.#error !== null) return;
      await this.#out?.file.datasync().catch((error: unknown) => this.#fail(asWriteError(error)));
    });
    return this.#syncing;
  }

  #fail(error: JournalError): void {
    if (this.#error !== null) return;
    this.#error = error;
    // Half a frame may lie behind what is whole. Whoever opens the journal cuts it off if this cannot.
    this.#out?.file.truncate(this.#position).catch(() => undefined);
    this.#listener?.failed(error);
  }
}
