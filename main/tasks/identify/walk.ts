/** Everything below a folder, names as bytes; links are named and never followed. */
import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

export type FolderItem =
  | { readonly kind: 'file'; readonly name: Uint8Array; readonly path: Buffer; readonly isExecutable: boolean }
  | { readonly kind: 'link'; readonly name: Uint8Array; readonly path: Buffer; readonly target: Buffer }
  | { readonly kind: 'folder'; readonly name: Uint8Array; readonly items: readonly FolderItem[] };

/** Something has no such name: why, as a whole clause. */
export class NoIdentityError extends Error {
  readonly code = 'no-identity';
}

/** What `call` gives; the system's errors say of which path they are. */
export async function reading<T>(file: Buffer, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NoIdentityError(`cannot read ${file.toString()}${code === undefined ? '' : `: ${code}`}`, {
      cause: error,
    });
  }
}

const separator = Buffer.from(path.sep);
/** Enough to keep the system's threads busy. */
const statsAtOnce = 64;

/** Rejects with NoIdentityError for what cannot be read: a part is never the whole. */
export async function readFolder(folder: Buffer): Promise<FolderItem[]> {
  const names = await reading(folder, readdir(folder, { encoding: 'buffer' }));
  const items: FolderItem[] = [];
  for (let from = 0; from < names.length; from += statsAtOnce) {
    items.push(...(await Promise.all(names.slice(from, from + statsAtOnce).map((name) => readItem(folder, name)))));
  }
  return items;
}

async function readItem(folder: Buffer, name: Buffer): Promise<FolderItem> {
  const whole = Buffer.concat([folder, separator, name]);
  const stats = await reading(whole, lstat(whole));
  if (stats.isDirectory()) return { kind: 'folder', name, items: await readFolder(whole) };
  if (stats.isFile()) return { kind: 'file', name, path: whole, isExecutable: (stats.mode & 0o111) !== 0 };
  if (stats.isSymbolicLink())
    return { kind: 'link', name, path: whole, target: await reading(whole, readlink(whole, { encoding: 'buffer' })) };
  // A device, a pipe or a socket has no content that could be named.
  throw new NoIdentityError(`this is no file, folder or link: ${whole.toString()}`);
}
