/**
 * Replaces a file as a whole: what others see is the old contents or the new, never a half. The
 * new contents are written beside it, so that the rename stays within one file system.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export class AtomicFile {
  readonly #destination: string;
  readonly #temporary: string;
  readonly #file: FileHandle;

  private constructor(destination: string, temporary: string, file: FileHandle) {
    this.#destination = destination;
    this.#temporary = temporary;
    this.#file = file;
  }

  /**
   * Opens a temporary file beside `destination`; it gets the mode of the file it replaces, or
   * `mode`. Throws the system's error.
   */
  static async create(destination: string, mode = 0o666): Promise<AtomicFile> {
    const temporary = path.join(path.dirname(destination), `.hashlane-${randomBytes(6).toString('hex')}.tmp`);
    const file = await open(temporary, 'wx', mode);
    const replaced = await stat(destination).catch(() => null);
    if (replaced !== null) await file.chmod(replaced.mode & 0o777).catch(() => undefined);
    return new AtomicFile(destination, temporary, file);
  }

  /** Writes `chunks` and puts them in place; on any failure the temporary file is gone and the old one stays. */
  async replaceWith(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    try {
      try {
        for await (const chunk of chunks) await this.#file.appendFile(chunk);
        await this.#file.sync();
      } finally {
        await this.#file.close();
      }
      await rename(this.#temporary, this.#destination);
    } catch (error) {
      await rm(this.#temporary, { force: true });
      throw error;
    }
  }
}
