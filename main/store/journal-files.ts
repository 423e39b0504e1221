/**
 * What a journal needs of the system, as an interface: tests put a disk in its place that is full, that fails, and
 * that forgets what was not synced.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';

export interface JournalFile {
  /** Bytes written, perhaps fewer than `length`. */
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<number>;
  /** Bytes read; 0 at the end. */
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<number>;
  /** Resolves once everything written before is on the disk, with the length of the file. */
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

export interface JournalFiles {
  /** Makes a new file (0600), for writing and reading. Throws EEXIST. */
  create(path: string): Promise<JournalFile>;
  /** Opens an existing file; `write`: for writing too. Throws ENOENT. */
  open(path: string, access: 'read' | 'write'): Promise<JournalFile>;
  remove(path: string): Promise<void>;
}

function wrap(handle: FileHandle): JournalFile {
  return {
    write: async (bytes, offset, length, position) =>
      (await handle.write(bytes, offset, length, position)).bytesWritten,
    read: async (bytes, offset, length, position) => (await handle.read(bytes, offset, length, position)).bytesRead,
    datasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  };
}

export const systemFiles: JournalFiles = {
  create: async (path) => wrap(await open(path, 'wx+', 0o600)),
  open: async (path, access) => wrap(await open(path, access === 'read' ? 'r' : 'r+')),
  remove: (path) => rm(path, { force: true }),
};

/** Throws the system's error; what was written before it stays. */
export async function writeFully(file: JournalFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes, done, bytes.length - done, position + done);
    if (written === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    done += written;
  }
}

/** As many of the bytes from `position` on as the file has, at most `length`. */
export async function readFully(file: JournalFile, bytes: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const count = await file.read(bytes, done, bytes.length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
