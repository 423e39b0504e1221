/**
 * Reads a journal from its beginning: what is whole, how far it is whole, and what the job has come to. Every frame
 * is checked (its checksum, its number, its place), and the digest of each checkpoint over all that comes before it:
 * blocks that the disk kept out of order, or left from another time, do not pass for results.
 */
import { createHash, type Hash } from 'node:crypto';
import { crc32c } from '#shared/batch/crc32c.ts';
import { batchHeader, batchHeaderBytes, batchMagic, maxBatchBytes } from '#shared/batch/layout.ts';
import { recordsChecksumAt } from '#shared/records/block.ts';
import { BlockOrder, claimedLength, viewOf } from './block-checks.ts';
import { asReadError, JournalError } from './journal-error.ts';
import { type JournalFile, readFully } from './journal-files.ts';
import {
  type JournalHeader,
  journalMagic,
  journalVersion,
  maxJournalHeaderBytes,
  readJournalHeader,
} from './journal-header.ts';
import {
  type JournalNote,
  maxNoteBytes,
  type NotedRoot,
  noteHeaderBytes,
  noteMagic,
  readNote,
  type Seal,
} from './journal-notes.ts';
import type { BlockPlace } from './journal-reader.ts';

/** Read at once; no frame is longer. */
const windowBytes = 4 << 20;

export interface RecoveredJournal {
  readonly header: JournalHeader;
  readonly roots: readonly NotedRoot[];
  readonly blocks: readonly BlockPlace[];
  /** For each run the number of its first block. */
  readonly runs: readonly number[];
  /** How the job has ended; null when something was to come. */
  readonly seal: Seal | null;
  /** Bytes that are whole, and the length of the file: what lies between is a torn tail. */
  readonly length: number;
  readonly fileLength: number;
  /** SHA-256 of what is whole, still open. */
  readonly hash: Hash;
  /** When anything was last noted, milliseconds since 1970. */
  readonly lastAt: number;
  /** The time of all runs together, from the first note of each to its last. */
  readonly elapsedMs: number;
}

export interface BlockVisitor {
  /** A block that is whole, in order, with the number of its run from 0. Its bytes change once this returns. */
  block(block: Uint8Array, sequence: number, run: number): void;
  /** All that was told so far is told once more, as far as it is sound: a checkpoint has shown that it was not. */
  reset(): void;
}

/** A checkpoint does not fit what comes before it. */
class BrokenChain extends Error {
  readonly soundLength: number;
  constructor(soundLength: number) {
    super();
    this.soundLength = soundLength;
  }
}

/** Throws JournalError JOURNAL_FORMAT (no journal, or of a later version), JOURNAL_UNREADABLE. */
export async function recoverJournal(file: JournalFile, visit?: BlockVisitor): Promise<RecoveredJournal> {
  try {
    return await scan(file, visit);
  } catch (error) {
    if (error instanceof BrokenChain) {
      visit?.reset();
      return await scan(file, visit, error.soundLength);
    }
    throw error instanceof JournalError ? error : asReadError(error);
  }
}

/** Of the last scan: whoever reads a thousand journals, one after the other, needs no more memory than for one. */
let spareWindow: Uint8Array<ArrayBuffer> | undefined;

async function scan(file: JournalFile, visit?: BlockVisitor, limit?: number): Promise<RecoveredJournal> {
  const window = spareWindow ?? new Uint8Array(windowBytes);
  spareWindow = undefined;
  try {
    return await new Scan(file, visit, window, limit).run();
  } finally {
    spareWindow = window;
  }
}

class Scan {
  readonly #file: JournalFile;
  readonly #visit: BlockVisitor | undefined;
  readonly #window: Uint8Array;
  #windowStart = 0;
  #windowLength = 0;
  #position = 0;
  readonly #hash = createHash('sha256');
  readonly #order = new BlockOrder();
  readonly #roots: NotedRoot[] = [];
  readonly #blocks: BlockPlace[] = [];
  readonly #runs: number[] = [];
  #seal: Seal | null = null;
  #lastAt = 0;
  #elapsedMs = 0;
  /** Up to here a checkpoint has vouched for it. */
  #sound = 0;
  /** Nothing is read beyond. */
  readonly #limit: number;
  /** Aligned, as whoever opens a batch likes it. */
  #aligned: Uint8Array | undefined;

  constructor(
    file: JournalFile,
    visit: BlockVisitor | undefined,
    window: Uint8Array,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#file = file;
    this.#window = window;
    this.#visit = visit;
    this.#limit = limit;
  }

  async run(): Promise<RecoveredJournal> {
    const fileLength = await this.#file.size();
    const header = await this.#header();
    this.#sound = this.#position;
    while (this.#position < this.#limit && (await this.#frame(header))) {
      // Each call takes one frame in.
    }
    return {
      header,
      roots: this.#roots,
      blocks: this.#blocks,
      runs: this.#runs,
      seal: this.#seal,
      length: this.#position,
      fileLength,
      hash: this.#hash,
      lastAt: this.#lastAt || header.startedAt,
      elapsedMs: this.#elapsedMs,
    };
  }

  async #header(): Promise<JournalHeader> {
    const bytes = await this.#ahead(maxJournalHeaderBytes);
    const found = readJournalHeader(bytes);
    if (found === undefined) {
      const view = viewOf(bytes);
      const later =
        bytes.length >= 12 && view.getUint32(0, true) === journalMagic && view.getUint32(8, true) > journalVersion;
      const why = later
        ? 'It was written by a later version of Hashlane.'
        : 'It is no journal, or its beginning is damaged.';
      throw new JournalError('JOURNAL_FORMAT', why);
    }
    this.#take(bytes.subarray(0, found.length));
    return found.header;
  }

  async #frame(header: JournalHeader): Promise<boolean> {
    const head = viewOf(await this.#ahead(batchHeaderBytes));
    if (head.byteLength < noteHeaderBytes) return false;
    if (head.getUint32(0, true) === noteMagic) return this.#note(header, head.getUint32(4, true));
    const length = claimedLength(head);
    if (length === 0) return false;
    const block = (await this.#ahead(length)).subarray(0, length);
    if (
      block.length < length ||
      /* guard: checksums of a journal */ !isWhole(block) ||
      !this.#order.accepts(block, this.#blocks.length)
    )
      return false;
    const sequence = this.#blocks.length;
    this.#blocks.push({ start: this.#position, length });
    this.#seal = null;
    this.#take(block);
    if (this.#visit === undefined) return true;
    this.#aligned ??= new Uint8Array(maxBatchBytes);
    this.#aligned.set(block);
    this.#visit.block(this.#aligned.subarray(0, length), sequence, this.#runs.length - 1);
    return true;
  }

  async #note(header: JournalHeader, length: number): Promise<boolean> {
    if (length > maxNoteBytes) return false;
    const frame = (await this.#ahead(length)).subarray(0, length);
    if (frame.length < length) return false;
    const note = readNote(frame, header.id, this.#position);
    if (note === undefined) return false;
    this.#accept(note);
    this.#take(frame);
    if (note.type === 'checkpoint' || note.type === 'seal') this.#sound = this.#position;
    return true;
  }

  #accept(note: JournalNote): void {
    this.#seal = null;
    if (note.type === 'roots') {
      for (const root of note.roots) this.#roots.push(root);
      return;
    }
    if (note.type === 'checkpoint' || note.type === 'seal') {
      const fits = note.blocks === this.#blocks.length && note.digest === this.#hash.copy().digest('hex');
      // guard: digests of a journal
      if (!fits) throw new BrokenChain(this.#sound);
    }
    if (note.type === 'run') {
      this.#runs.push(this.#blocks.length);
      this.#order.beginRun();
    } else this.#elapsedMs += Math.max(0, note.at - this.#lastAt);
    if (note.type === 'seal') this.#seal = note;
    this.#lastAt = note.at;
  }

  #take(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#position += bytes.length;
  }

  /** What the file has from the position on, at least `wanted` bytes where it has so many. */
  async #ahead(wanted: number): Promise<Uint8Array> {
    const from = this.#position - this.#windowStart;
    if (this.#windowLength - from < wanted) {
      this.#window.copyWithin(0, from, this.#windowLength);
      this.#windowLength -= from;
      this.#windowStart = this.#position;
      const room = this.#window.subarray(this.#windowLength);
      this.#windowLength += await readFully(this.#file, room, this.#windowStart + this.#windowLength);
      return this.#window.subarray(0, this.#windowLength);
    }
    return this.#window.subarray(from, this.#windowLength);
  }
}

const zero = new Uint8Array(4);

/** Whether the block's checksum is right. */
function isWhole(block: Uint8Array): boolean {
  const view = viewOf(block);
  const at = view.getUint32(0, true) === batchMagic ? batchHeader.crc32c[0] : recordsChecksumAt;
  return crc32c(block.subarray(at + 4), crc32c(zero, crc32c(block.subarray(0, at)))) === view.getUint32(at, true);
}
