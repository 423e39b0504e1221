/** Reads blocks of one journal, by their number, also while more are written. */
import { asReadError, JournalError } from './journal-error.ts';
import { type JournalFile, type JournalFiles, readFully } from './journal-files.ts';

export interface BlockPlace {
  readonly start: number;
  readonly length: number;
}

/** Opens the file when first needed, and again after `close`. */
export class JournalReader {
  readonly #files: JournalFiles;
  readonly #path: string;
  readonly #locate: (sequence: number) => BlockPlace;
  #file: Promise<JournalFile> | null = null;

  /** Use `Journal.openReader`. `locate` throws what `read` is to throw. */
  constructor(files: JournalFiles, path: string, locate: (sequence: number) => BlockPlace) {
    this.#files = files;
    this.#path = path;
    this.#locate = locate;
  }

  /**
   * The bytes of a written block, in what `room` lends for so many, or else in memory of their own.
   * Throws JournalError.
   */
  async read(sequence: number, room = (length: number) => new Uint8Array(length)): Promise<Uint8Array> {
    const { start, length } = this.#locate(sequence);
    const bytes = room(length).subarray(0, length);
    try {
      this.#file ??= this.#files.open(this.#path, 'read');
      const count = await readFully(await this.#file, bytes, start);
      if (count < length) throw new Error('the journal is shorter than what was written to it');
    } catch (error) {
      this.#locate(sequence); // Removed meanwhile: that is the better answer.
      throw error instanceof JournalError ? error : asReadError(error);
    }
    return bytes;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.then((handle) => handle.close()).catch(() => undefined);
  }
}
