/** The names of the files below a folder, without reading any: what is there that nobody listed? */
import { opendir } from 'node:fs/promises';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { leftoverMatch } from '../../base/output/leftovers.ts';
import { shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';

/** Names read by one call of the system. */
const bufferedNames = 1024;
const slash = 0x2f;

export interface NameVisitor {
  /** Bytes of `path` before `length`, relative to the folder, `/` between segments; another's once this returns. */
  file(path: Uint8Array, length: number): void;
  /** All files of this folder, without those of folders below, have been named: so many. */
  folder?(path: Uint8Array, files: number): void;
  /** A folder below that cannot be listed. */
  unreadable(path: Uint8Array, code: string): void;
  /** Waited for after each folder, and after each thousand names. */
  pause?(): Promise<void> | undefined;
}

export interface Folder {
  readonly name: Uint8Array;
}

/**
 * Links are not followed, nor named; neither are pipes, sockets and devices, nor what killed runs left behind.
 * Rejects with FailedAttempt when the folder itself cannot be listed.
 */
export async function walkNames(root: Uint8Array, visitor: NameVisitor, signal?: AbortSignal): Promise<void> {
  const waiting: Folder[] = [{ name: new Uint8Array(0) }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (signal?.aborted) return;
    try {
      waiting.push(...(await listFolder(root, folder.name, visitor)).reverse());
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined) throw error;
      if (folder.name.length === 0) throw new FailedAttempt(`cannot list ${shownName(root)}`, error);
      visitor.unreadable(folder.name, code);
    }
    await visitor.pause?.();
  }
}

/** The names of one folder; gives the folders in it. Rejects with the system's error. */
export async function listFolder(root: Uint8Array, below: Uint8Array, visitor: NameVisitor): Promise<Folder[]> {
  const folders: Folder[] = [];
  // Long enough for any name; what a system gives in longer ones grows it.
  let path = new Uint8Array(below.length + 1024);
  path.set(below);
  const prefix = below.length === 0 ? 0 : below.length + 1;
  if (prefix > 0) path[prefix - 1] = slash;
  const opened = await opendir(inFolder(root, below), {
    encoding: 'buffer' as BufferEncoding,
    bufferSize: bufferedNames,
  });
  let seen = 0;
  let files = 0;
  for await (const entry of opened) {
    const name = entry.name as unknown as Uint8Array;
    if (prefix + name.length > path.length) {
      const grown = new Uint8Array(prefix + name.length * 2);
      grown.set(path.subarray(0, prefix));
      path = grown;
    }
    path.set(name, prefix);
    if (entry.isDirectory()) folders.push({ name: path.slice(0, prefix + name.length) });
    else if (entry.isFile() && !leftoverMatch(name)) {
      files++;
      visitor.file(path, prefix + name.length);
    }
    if (++seen % bufferedNames === 0) await visitor.pause?.();
  }
  visitor.folder?.(below, files);
  return folders.sort((a, b) => Buffer.compare(a.name, b.name));
}

/** The path of what lies at `below` in `root`. */
export function inFolder(root: Uint8Array, below: Uint8Array): Buffer {
  if (below.length === 0) return Buffer.from(root);
  const separator = root.at(-1) === slash ? '' : '/';
  return Buffer.concat([root, Buffer.from(separator), below]);
}
