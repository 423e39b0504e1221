/**
 * A file that is either written whole or not at all: the bytes go to a file beside it, which takes
 * its name once everything is on the disk. What is not a regular file (`/dev/null`, a pipe) is
 * written as it is, for a rename would put a file in the device's place.
 */
import { randomBytes } from 'node:crypto';
import { realpathSync, type Stats, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailedAttempt } from '../cli/errors.ts';
import { shown } from '../cli/hash/messages.ts';
import type { ByteSink } from '../cli/world.ts';
import { nameBytes, nameText } from './raw-names.ts';

export interface OutputFile extends ByteSink {
  /** The name of the file that is written meanwhile; undefined when it is written in place. */
  readonly temporaryName: string | undefined;
  /** Whether `name` leads to the file that will be replaced. */
  isReplaced(name: Uint8Array): boolean;
  /** All is written: gives the file its name. */
  commit(): Promise<void>;
  /** Leaves everything as it was before; after `commit` it does nothing. */
  discard(): Promise<void>;
}

const asPath = (text: string): Buffer => Buffer.from(nameBytes(text));

/** `path` is in the form of `nameText`. Rejects when the file cannot be written. */
export async function openOutputFile(path: string): Promise<OutputFile> {
  const attempt = `cannot write ${shown(nameBytes(path))}`;
  try {
    const existing = await stat(asPath(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (existing && !existing.isFile()) return new FileInPlace(attempt, await open(asPath(path), 'w'));
    // A link stays a link: what it points to is replaced.
    const target = existing ? nameText(realpathSync(asPath(path), 'buffer')) : path;
    const temporary = join(dirname(target), `.hashlane-${randomBytes(8).toString('hex')}.part`);
    const handle = await open(asPath(temporary), 'wx', 0o666);
    const file = new ReplacedFile(attempt, handle, temporary, target, existing);
    await file.adopt();
    return file;
  } catch (error) {
    throw error instanceof FailedAttempt ? error : new FailedAttempt(attempt, error);
  }
}

class FileInPlace implements OutputFile {
  readonly isTerminal = false;
  readonly temporaryName: string | undefined = undefined;
  protected readonly attempt: string;
  protected readonly handle: FileHandle;

  constructor(attempt: string, handle: FileHandle) {
    this.attempt = attempt;
    this.handle = handle;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.handle.write(bytes, at)).bytesWritten;
    } catch (error) {
      throw new FailedAttempt(this.attempt, error);
    }
  }

  isReplaced(_name: Uint8Array): boolean {
    return false;
  }

  async commit(): Promise<void> {
    await this.handle.close();
  }

  async discard(): Promise<void> {
    // What was committed is closed already.
    await this.handle.close().catch(() => undefined);
  }
}

class ReplacedFile extends FileInPlace {
  override readonly temporaryName: string;
  readonly #temporary: Buffer;
  readonly #target: Buffer;
  readonly #leaf: Uint8Array;
  readonly #existing: Stats | undefined;
  /** The process may be told to end at once: even then no temporary file stays behind. */
  readonly #removeNow = (): void => {
    try {
      unlinkSync(this.#temporary);
    } catch {
      // It is gone already, or cannot be removed: there is nobody left to tell.
    }
  };

  constructor(attempt: string, handle: FileHandle, temporary: string, target: string, existing: Stats | undefined) {
    super(attempt, handle);
    this.temporaryName = basename(temporary);
    this.#temporary = asPath(temporary);
    this.#target = asPath(target);
    this.#leaf = nameBytes(basename(target));
    this.#existing = existing;
    process.once('exit', this.#removeNow);
  }

  /** Takes over owner and mode of the file that will be replaced. Only a superuser may give a file away. */
  async adopt(): Promise<void> {
    if (!this.#existing) return;
    const { uid, gid, mode } = this.#existing;
    try {
      await this.handle.chown(uid, gid).catch(() => undefined);
      await this.handle.chmod(mode & 0o7777);
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  override isReplaced(name: Uint8Array): boolean {
    if (!this.#existing || !endsWith(name, this.#leaf)) return false;
    try {
      const found = statSync(Buffer.from(name));
      return found.ino === this.#existing.ino && found.dev === this.#existing.dev;
    } catch {
      return false;
    }
  }

  override async commit(): Promise<void> {
    try {
      await this.handle.sync();
      await this.handle.close();
      await rename(this.#temporary, this.#target);
      process.removeListener('exit', this.#removeNow);
    } catch (error) {
      await this.discard();
      throw new FailedAttempt(this.attempt, error);
    }
  }

  override async discard(): Promise<void> {
    await super.discard();
    await unlink(this.#temporary).catch(() => undefined);
    process.removeListener('exit', this.#removeNow);
  }
}

/** Whether the last segment of `path` is `leaf`. */
function endsWith(path: Uint8Array, leaf: Uint8Array): boolean {
  const start = path.length - leaf.length;
  if (start < 0 || (start > 0 && path[start - 1] !== 0x2f)) return false;
  for (let at = 0; at < leaf.length; at++) if (path[start + at] !== leaf[at]) return false;
  return true;
}
