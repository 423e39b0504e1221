/**
 * A disk for journals that does what disks do at the worst time: is full, fails a write or a sync, and loses what was
 * written and not synced, in whole or in blocks here and there.
 */
import type { JournalFile, JournalFiles } from '../journal-files.ts';

export interface Faults {
  /** The write with this number, from 0, fails with this code, having written half of its bytes. */
  readonly write?: { readonly at: number; readonly code: string };
  /** The sync with this number fails with EIO. */
  readonly sync?: number;
}

const blockBytes = 512;

interface Stored {
  /** What the system shows. */
  written: Uint8Array;
  /** What is on the disk for certain. */
  synced: Uint8Array;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

export class FaultyDisk implements JournalFiles {
  faults: Faults;
  writes = 0;
  syncs = 0;
  readonly #stored = new Map<string, Stored>();

  constructor(faults: Faults = {}) {
    this.faults = faults;
  }

  async create(path: string): Promise<JournalFile> {
    if (this.#stored.has(path)) throw failure('EEXIST');
    const stored = { written: new Uint8Array(), synced: new Uint8Array() };
    this.#stored.set(path, stored);
    return this.#file(stored);
  }

  async open(path: string): Promise<JournalFile> {
    const stored = this.#stored.get(path);
    if (stored === undefined) throw failure('ENOENT');
    return this.#file(stored);
  }

  async publish(from: string, to: string): Promise<void> {
    if (this.#stored.has(to)) throw failure('EEXIST');
    this.#stored.set(to, this.#stored.get(from)!);
    this.#stored.delete(from);
  }

  async remove(path: string): Promise<void> {
    this.#stored.delete(path);
  }

  contents(path: string): Uint8Array {
    return this.#stored.get(path)!.written;
  }

  /** Replaces what a file holds. */
  put(path: string, bytes: Uint8Array): void {
    this.#stored.set(path, { written: bytes.slice(), synced: bytes.slice() });
  }

  /** The power fails: of what was not synced each block of 512 bytes is kept or lost (zeros) as `keeps` says. */
  losePower(path: string, keeps: (block: number) => boolean = () => false): void {
    const stored = this.#stored.get(path)!;
    const { written, synced } = stored;
    let length = synced.length;
    const after = new Uint8Array(written.length);
    after.set(synced.subarray(0, Math.min(synced.length, written.length)));
    for (let start = 0; start < written.length; start += blockBytes) {
      const end = Math.min(start + blockBytes, written.length);
      if (end <= synced.length || !keeps(start / blockBytes)) continue;
      after.set(written.subarray(start, end), start);
      length = Math.max(length, end);
    }
    this.put(path, after.subarray(0, length));
  }

  #file(stored: Stored): JournalFile {
    return {
      write: async (bytes, offset, length, position) => {
        const { write } = this.faults;
        const fails = write !== undefined && this.writes++ === write.at;
        const end = offset + (fails ? length >> 1 : length);
        const grown = new Uint8Array(Math.max(stored.written.length, position + end - offset));
        grown.set(stored.written);
        grown.set(bytes.subarray(offset, end), position);
        stored.written = grown;
        if (fails) throw failure(write.code);
        return length;
      },
      read: async (bytes, offset, length, position) => {
        const from = stored.written.subarray(position, position + length);
        bytes.set(from, offset);
        return from.length;
      },
      datasync: async () => {
        if (this.syncs++ === this.faults.sync) throw failure('EIO');
        stored.synced = stored.written.slice();
      },
      truncate: async (length) => {
        stored.written = stored.written.slice(0, length);
      },
      size: async () => stored.written.length,
      close: async () => undefined,
    };
  }
}
