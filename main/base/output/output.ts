/**
 * An output that is written whole or not at all, for window and command: the bytes go to a file beside it, which
 * takes its name once everything is on the disk. A link stays a link, and what it points to is replaced. What is
 * not a regular file (`/dev/null`, a pipe, `/dev/fd/3`) is written in place, for a rename would put a file there.
 */
import { statSync, unlinkSync } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { FailedAttempt } from '../failed-attempt.ts';
import { nameBytes, shownName } from '../raw-names.ts';
import { systemCode } from '../system-error.ts';
import { DescriptorOutput, descriptorOf, SpecialOutput } from './in-place.ts';
import { removeStale, temporaryName } from './leftovers.ts';
import { findTarget, refuseHopeless, systemError, type Target, within } from './target.ts';
import type { Output, OutputOptions } from './types.ts';

/** `name` is in the form of `nameText`. Rejects with FailedAttempt when the file cannot be written. */
export async function openOutput(name: string, options: OutputOptions = {}): Promise<Output> {
  const attempt = `cannot write ${shownName(nameBytes(name))}`;
  try {
    const descriptor = process.platform === 'win32' ? undefined : descriptorOf(path.posix.normalize(name));
    if (descriptor !== undefined) return new DescriptorOutput(attempt, descriptor, options.signal);
    const target = await findTarget(name);
    try {
      if (target.existing === undefined || target.existing.isFile()) return await replaced(attempt, target, options);
    } catch (error) {
      await target.folderHandle?.close();
      throw error;
    }
    await target.folderHandle?.close();
    if (target.existing.isDirectory()) throw systemError('EISDIR', 'is a folder');
    return await SpecialOutput.open(attempt, path.join(target.folder, target.leaf), options.signal);
  } catch (error) {
    throw error instanceof FailedAttempt ? error : new FailedAttempt(attempt, error);
  }
}

/** Replaces the file as a whole; on any failure the old one stays. Rejects with FailedAttempt, or what `chunks` throws. */
export async function replaceFile(
  name: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: OutputOptions = {},
): Promise<void> {
  const output = await openOutput(name, options);
  try {
    for await (const chunk of chunks) await output.write(chunk);
    await output.commit();
  } finally {
    await output.discard();
  }
}

async function replaced(attempt: string, target: Target, options: OutputOptions): Promise<Output> {
  await refuseHopeless(target, options.force ?? false);
  await removeStale(target);
  const temporary = temporaryName();
  const handle = await open(within(target, temporary), 'wx', options.mode ?? 0o666).catch((error: unknown) => {
    if (systemCode(error) !== 'EACCES') throw error;
    throw new FailedAttempt(`${attempt}: no file can be made in its folder`, error);
  });
  const file = new ReplacedFile(attempt, target, handle, temporary, options.replaceChanged ?? false);
  try {
    await file.adopt();
  } catch (error) {
    await file.discard();
    throw error;
  }
  return file;
}

class ReplacedFile implements Output {
  readonly isTerminal = false;
  readonly identity: string;
  readonly #attempt: string;
  readonly #target: Target;
  readonly #handle: FileHandle;
  readonly #temporary: string;
  readonly #leafBytes: Uint8Array;
  readonly #replaceChanged: boolean;
  #state: 'open' | 'closed' = 'open';
  /** The process may be told to end at once: even then no temporary file stays behind. */
  readonly #removeNow = (): void => {
    try {
      unlinkSync(within(this.#target, this.#temporary));
    } catch {
      // It is gone already, or cannot be removed: there is nobody left to tell.
    }
  };

  constructor(attempt: string, target: Target, handle: FileHandle, temporary: string, replaceChanged: boolean) {
    const { existing, folderStats, leaf } = target;
    this.identity =
      existing === undefined ? `${folderStats.dev}:${folderStats.ino}/${leaf}` : `${existing.dev}:${existing.ino}`;
    this.#attempt = attempt;
    this.#target = target;
    this.#handle = handle;
    this.#temporary = temporary;
    this.#leafBytes = nameBytes(leaf);
    this.#replaceChanged = replaceChanged;
    process.once('exit', this.#removeNow);
  }

  /**
   * Takes over owner and mode of the file that will be replaced. A file is given away only in a folder that is this
   * user's alone; in any other the one who owns the old file could make it another one meanwhile.
   */
  async adopt(): Promise<void> {
    const { existing, folderStats } = this.#target;
    if (existing === undefined) return;
    const user = process.geteuid?.();
    // guard: output owner
    if (/* guard: output owner => true */ folderStats.uid === user && (folderStats.mode & 0o022) === 0) {
      await this.#handle.chown(existing.uid, existing.gid).catch(() => undefined);
    }
    // guard: output mode
    await this.#handle.chmod(existing.mode & /* guard: output mode => 0o7777 */ 0o777);
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (error) {
      throw new FailedAttempt(this.#attempt, error);
    }
  }

  isOwn(name: Uint8Array): boolean {
    const { existing } = this.#target;
    if (!existing || !endsWith(name, this.#leafBytes)) return false;
    try {
      const found = statSync(Buffer.from(name));
      return found.ino === existing.ino && found.dev === existing.dev;
    } catch {
      return false;
    }
  }

  async commit(): Promise<void> {
    try {
      await this.#handle.sync();
    } catch (error) {
      await this.discard();
      throw new FailedAttempt(this.#attempt, error);
    }
    try {
      await this.#takeName();
    } catch (error) {
      const kept = await this.#keep();
      await this.#close();
      throw new FailedAttempt(`${this.#attempt} (the finished file is ${shownName(nameBytes(kept))})`, error);
    }
    await this.#close();
  }

  async discard(): Promise<void> {
    if (this.#state === 'closed') return;
    await unlink(within(this.#target, this.#temporary)).catch(() => undefined);
    await this.#close();
  }

  async #takeName(): Promise<void> {
    const { existing, leaf } = this.#target;
    const [from, to] = [within(this.#target, this.#temporary), within(this.#target, leaf)];
    if (!this.#replaceChanged) {
      const now = await lstat(to).catch((error: unknown) => {
        if (systemCode(error) !== 'ENOENT') throw error;
      });
      // guard: output identity
      if (/* guard: output identity => false */ now?.dev !== existing?.dev || now?.ino !== existing?.ino) {
        throw systemError('EEXIST', 'the file has been replaced meanwhile');
      }
    }
    await rename(from, to);
  }

  /** Gives the finished file a name that nobody takes for a leftover; where that fails it stays as it is. */
  async #keep(): Promise<string> {
    const { folder, leaf } = this.#target;
    const name = `${leaf}.new-${this.#temporary.slice('.hashlane-'.length, -'.part'.length)}`;
    try {
      await link(within(this.#target, this.#temporary), within(this.#target, name)).catch(() =>
        rename(within(this.#target, this.#temporary), within(this.#target, name)),
      );
      await unlink(within(this.#target, this.#temporary)).catch(() => undefined);
      return path.join(folder, name);
    } catch {
      return path.join(folder, this.#temporary);
    }
  }

  async #close(): Promise<void> {
    this.#state = 'closed';
    process.removeListener('exit', this.#removeNow);
    await this.#handle.close().catch(() => undefined);
    await this.#target.folderHandle?.close().catch(() => undefined);
  }
}

/** Whether the last segment of `name` is `leaf`. */
function endsWith(name: Uint8Array, leaf: Uint8Array): boolean {
  const start = name.length - leaf.length;
  if (start < 0 || (start > 0 && name[start - 1] !== 0x2f)) return false;
  for (let at = 0; at < leaf.length; at++) if (name[start + at] !== leaf[at]) return false;
  return true;
}
