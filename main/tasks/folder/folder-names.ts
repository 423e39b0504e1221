/** The names of the files below a folder, without reading any: what is there that nobody listed? */
import { opendir } from 'node:fs/promises';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { leftoverMatch } from '../../base/output/leftovers.ts';
import { shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';

/** Names read by one call of the system. */
const bufferedNames = 1024;
const slash = 0x2f;
const dot = 0x2e;

export interface FolderVisitor {
  /** Bytes of `path` before `length`, relative to the root, `/` between segments; another's once this returns. */
  file(path: Uint8Array, length: number): void;
  /** All files of the folder, without those of folders below, have been named: so many. */
  end?(files: number): void;
  /** The folder is listed once more from its beginning. */
  restart?(): void;
  /** The folder cannot be listed to its end. */
  unreadable(code: string): void;
}

export interface NameVisitor {
  /** The folders in one that need not be listed again. */
  known?(path: Uint8Array): readonly Uint8Array[] | undefined;
  /** A folder is about to be listed; several are at once. */
  folder(path: Uint8Array): FolderVisitor;
  /** Waited for after each folder, and after each thousand names. */
  pause?(): Promise<void> | undefined;
}

/** Folders that are listed at once: most of the time of a listing is waiting. */
const foldersAtOnce = 4;

/**
 * Links are not followed, nor named; neither are pipes, sockets and devices, nor what killed runs left behind.
 * Rejects with FailedAttempt when the root itself cannot be listed, and with what `pause` rejects with.
 */
export async function walkNames(root: Uint8Array, visitor: NameVisitor, signal?: AbortSignal): Promise<void> {
  const waiting: Uint8Array[] = [new Uint8Array(0)];
  const running = new Set<Promise<void>>();
  let failure: { readonly cause: unknown } | undefined;
  const visit = async (below: Uint8Array): Promise<void> => {
    const known = visitor.known?.(below);
    if (known !== undefined) {
      waiting.push(...[...known].reverse());
      return;
    }
    const folder = visitor.folder(below);
    try {
      waiting.push(...(await listFolder(root, below, folder, () => visitor.pause?.())).reverse());
    } catch (error) {
      const code = error instanceof Error && 'syscall' in error ? systemCode(error) : undefined;
      if (code === undefined) throw error;
      if (below.length === 0) throw new FailedAttempt(`cannot list ${shownName(root)}`, error);
      folder.unreadable(code);
    }
    await visitor.pause?.();
  };
  while (failure === undefined && !signal?.aborted && (waiting.length > 0 || running.size > 0)) {
    const below = running.size < foldersAtOnce ? waiting.pop() : undefined;
    if (below === undefined) {
      await Promise.race(running);
      continue;
    }
    const visiting: Promise<void> = visit(below)
      .catch((cause: unknown) => {
        failure ??= { cause };
      })
      .finally(() => running.delete(visiting));
    running.add(visiting);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure.cause;
}

/** The names of one folder; gives the folders in it. Rejects with the system's error. */
export async function listFolder(
  root: Uint8Array,
  below: Uint8Array,
  visitor: FolderVisitor,
  pause?: () => Promise<void> | undefined,
): Promise<Uint8Array[]> {
  try {
    return await listAs('latin1', root, below, visitor, pause);
  } catch (error) {
    // Where the system does not say the kinds of files, Node looks for a name that was not decoded as it thinks.
    if (systemCode(error) !== 'ENOENT' || (error as NodeJS.ErrnoException).syscall === 'opendir') throw error;
    visitor.restart?.();
    return await listAs('buffer', root, below, visitor, pause);
  }
}

/** Text of one byte a character takes a tenth of the memory that small buffers take, and is as exact. */
async function listAs(
  encoding: 'latin1' | 'buffer',
  root: Uint8Array,
  below: Uint8Array,
  visitor: FolderVisitor,
  pause?: () => Promise<void> | undefined,
): Promise<Uint8Array[]> {
  const folders: Uint8Array[] = [];
  // Long enough for any name; what a system gives in longer ones grows it.
  let path = new Uint8Array(below.length + 1024);
  path.set(below);
  const prefix = below.length === 0 ? 0 : below.length + 1;
  if (prefix > 0) path[prefix - 1] = slash;
  const opened = await opendir(inFolder(root, below), {
    encoding: encoding as BufferEncoding,
    bufferSize: bufferedNames,
  });
  let seen = 0;
  let files = 0;
  for await (const entry of opened) {
    const name = entry.name as string | Uint8Array;
    const length = prefix + name.length;
    if (length > path.length) {
      const grown = new Uint8Array(length * 2);
      grown.set(path.subarray(0, prefix));
      path = grown;
    }
    if (typeof name !== 'string') path.set(name, prefix);
    else for (let at = 0; at < name.length; at++) path[prefix + at] = name.charCodeAt(at);
    if (entry.isDirectory()) folders.push(path.slice(0, length));
    else if (entry.isFile() && !(path[prefix] === dot && leftoverMatch(path.subarray(prefix, length)))) {
      files++;
      visitor.file(path, length);
    }
    if (++seen % bufferedNames === 0) await pause?.();
  }
  visitor.end?.(files);
  return folders.sort(Buffer.compare);
}

/** The path of what lies at `below` in `root`. */
export function inFolder(root: Uint8Array, below: Uint8Array): Buffer {
  if (below.length === 0) return Buffer.from(root);
  const separator = root.at(-1) === slash ? '' : '/';
  return Buffer.concat([root, Buffer.from(separator), below]);
}
