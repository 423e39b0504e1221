/**
 * Where an output really goes. Links are followed by hand, so that one that leads nowhere creates what it names;
 * the folder is then opened once and everything happens relative to it, so that nobody who may write above it can
 * lead the rename elsewhere.
 */
import { constants, lstatSync, readlinkSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { nameBytes, nameText } from '../raw-names.ts';
import { systemCode } from '../system-error.ts';

const maxLinks = 40;
const stickyBit = 0o1000;
const writableByAll = 0o002;

export const asPath = (text: string): Buffer => Buffer.from(nameBytes(text));

/** A system's error that the system did not report, because it was not asked. */
export function systemError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, errno: 0 });
}

export interface Target {
  /** Held open until the output is committed or discarded; undefined where folders cannot be opened (Windows). */
  readonly folderHandle: FileHandle | undefined;
  readonly folder: string;
  readonly folderStats: Stats;
  readonly leaf: string;
  /** What stands there, which is no link; undefined where nothing does. */
  readonly existing: Stats | undefined;
}

/** The path by which `leaf` is reached in the folder that was opened, whatever its name leads to by now. */
export function within(target: Pick<Target, 'folderHandle' | 'folder'>, leaf: string): Buffer {
  const { folderHandle, folder } = target;
  return asPath(folderHandle === undefined ? path.join(folder, leaf) : `/proc/self/fd/${folderHandle.fd}/${leaf}`);
}

/** `given` in the form of `nameText`. Throws the system's error. */
export async function findTarget(given: string): Promise<Target> {
  let name = path.resolve(given);
  for (let links = 0; ; links++) {
    const stats = await lstat(asPath(name)).catch(ignoreMissing);
    if (!stats?.isSymbolicLink()) break;
    if (links === maxLinks) throw systemError('ELOOP', 'too many links');
    // guard: output links
    await refuseForeignLink(name, stats);
    name = path.resolve(path.dirname(name), nameText(await readlink(asPath(name), 'buffer')));
  }
  const folder = path.dirname(name);
  const folderHandle = await openFolder(folder);
  try {
    const target = { folderHandle, folder, leaf: path.basename(name) };
    const folderStats = folderHandle === undefined ? await stat(asPath(folder)) : await folderHandle.stat();
    const existing = await lstat(within(target, target.leaf)).catch(ignoreMissing);
    if (existing?.isSymbolicLink()) throw systemError('ELOOP', 'the file became a link meanwhile');
    return { ...target, folderStats, existing };
  } catch (error) {
    await folderHandle?.close();
    throw error;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}

/** What Linux calls protected symlinks: in a sticky folder for all, a link of another user is a trap. */
async function refuseForeignLink(name: string, link: Stats): Promise<void> {
  const folder = await stat(asPath(path.dirname(name)));
  const isShared = (folder.mode & stickyBit) !== 0 && (folder.mode & writableByAll) !== 0;
  if (!isShared || link.uid === process.geteuid?.() || link.uid === folder.uid) return;
  throw systemError('EACCES', 'the link belongs to another user');
}

async function openFolder(folder: string): Promise<FileHandle | undefined> {
  // guard: output folder => if (folder) return undefined;
  if (process.platform !== 'linux') return undefined;
  const handle = await open(asPath(folder), constants.O_RDONLY | constants.O_DIRECTORY).catch((error: unknown) => {
    // A folder that may be written but not listed is reached by its name.
    if (systemCode(error) === 'EACCES') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const [byHandle, itself] = [await stat(`/proc/self/fd/${handle.fd}/.`), await handle.stat()];
    if (byHandle.ino === itself.ino && byHandle.dev === itself.dev) return handle;
  } catch {
    // Without /proc the folder is reached by its name.
  }
  await handle.close();
  return undefined;
}

/**
 * Throws the error that the rename at the end would fail with, as far as that can be told before: a mount point, a
 * file of another user in a sticky folder. And EACCES for a file that is write-protected, unless `force` is set.
 */
export async function refuseHopeless({ existing, folder, folderStats, leaf }: Target, force: boolean): Promise<void> {
  if (existing === undefined) return;
  if (!force && (existing.mode & 0o222) === 0) {
    throw systemError('EACCES', 'it is write-protected');
  }
  const user = process.geteuid?.() ?? 0;
  const isSticky = (folderStats.mode & stickyBit) !== 0;
  if (isSticky && user !== 0 && existing.uid !== user && folderStats.uid !== user) {
    throw systemError('EPERM', 'the folder is sticky and the file belongs to another user');
  }
  if (await isMountPoint(path.join(folder, leaf))) {
    throw systemError('EBUSY', 'the file is a mount point, which cannot be replaced; write to /dev/stdout instead');
  }
}

async function isMountPoint(name: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const table = await readFile('/proc/self/mountinfo', 'latin1').catch(() => '');
  const wanted = Buffer.from(nameBytes(realName(name))).toString('latin1');
  return table.split('\n').some((line) => unescapeOctal(line.split(' ')[4] ?? '') === wanted);
}

/** `name` with the links in its folder followed. */
function realName(name: string): string {
  let real = name;
  for (let depth = 0; depth < maxLinks; depth++) {
    const parts = real.split('/');
    const at = parts.findIndex((_, index) => index > 0 && isLink(parts.slice(0, index + 1).join('/')));
    if (at === -1) return real;
    const link = parts.slice(0, at + 1).join('/');
    const to = path.resolve(path.dirname(link), nameText(readlinkSync(asPath(link), 'buffer')));
    real = path.join(to, ...parts.slice(at + 1));
  }
  return real;
}

function isLink(name: string): boolean {
  try {
    return lstatSync(asPath(name)).isSymbolicLink();
  } catch {
    return false;
  }
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
