/**
 * What a journal needs of the system, as an interface: tests put a disk in its place that is full, that fails, and
 * that forgets what was not synced.
 */
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../base/system-error.ts';

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
  /** Gives a new file its name, on the disk too. Throws EEXIST where there is one of that name. */
  publish(from: string, to: string): Promise<void>;
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

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A name is on the disk when its folder is. Windows has no such call, and some file systems refuse it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is synced, which on most file systems takes its name along.
  }
}

export const systemFiles: JournalFiles = {
  create: async (path) => wrap(await open(path, 'wx+', 0o600)),
  open: async (path, access) => wrap(await open(path, access === 'read' ? 'r' : 'r+')),
  async publish(from, to) {
    try {
      await link(from, to);
      await rm(from);
    } catch (error) {
      // No links on FAT: the lock keeps others from taking the name in between.
      if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EINVAL'].includes(systemCode(error) ?? '')) throw error;
      if (await exists(to)) throw Object.assign(new Error('something of that name exists'), { code: 'EEXIST' });
      await rename(from, to);
    }
    // Not waited for: a name that is lost with all that it stood for is a job that was never begun.
    void syncFolder(path.dirname(to));
  },
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
