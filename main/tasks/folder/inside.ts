/**
 * Finds a file below a folder without ever looking at anything outside of it: every link on the way is read, never
 * followed by the system, and one that leads out is the end of it.
 */
import type { Stats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { type ErrorCode, errorCodes } from '#shared/tables/error-codes.ts';
import { systemCode } from '../../base/system-error.ts';
import { isSeparator, isWithin } from '../../base/within.ts';
import { inFolder } from './folder-names.ts';

export type Found =
  /** `path`: relative to the root and without links; bytes of the file. */
  | { readonly kind: 'file'; readonly path: Uint8Array; readonly size: number; readonly linked: boolean }
  | { readonly kind: 'missing' }
  /** A link on the way leads out of the root. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'unreadable'; readonly code: ErrorCode; readonly text: string };

const maxLinks = 40;
/** Folders that are remembered as no links. */
const maxKnown = 100_000;

export class InsideFinder {
  readonly #root: Uint8Array;
  readonly #alsoRoot: Uint8Array;
  /** Folders that are no links, by their bytes. */
  readonly #known = new Set<string>();

  /** `root`: absolute and without links. `spelled`: as it was given, absolute; links may name it so. */
  constructor(root: Uint8Array, spelled: Uint8Array) {
    this.#root = root;
    this.#alsoRoot = spelled;
  }

  /** `key`: as `keyOf` gives it. Never rejects. */
  async find(key: Uint8Array): Promise<Found> {
    const ahead = splitPath(key).reverse();
    let done: Buffer[] = [];
    let links = 0;
    for (let segment = ahead.pop(); segment !== undefined; segment = ahead.pop()) {
      if (isDots(segment, 1)) continue;
      if (isDots(segment, 2)) {
        // Only links have such segments.
        // guard: links that climb out of a root => if (done.pop() === undefined) continue;
        if (done.pop() === undefined) return { kind: 'outside' };
        continue;
      }
      done.push(segment);
      const here = join(done);
      const isLast = ahead.length === 0;
      if (!isLast && this.#known.has(here.toString('latin1'))) continue;
      let stats: Stats;
      try {
        stats = await lstat(inFolder(this.#root, here));
        if (stats.isSymbolicLink()) {
          if (++links > maxLinks) return { kind: 'unreadable', code: 'ELOOP', text: '' };
          const target = await readlink(inFolder(this.#root, here), { encoding: 'buffer' });
          done.pop();
          const below = this.#belowRoot(target);
          if (below === null) return { kind: 'outside' };
          if (below.absolute) done = [];
          ahead.push(...splitPath(below.path).reverse());
          continue;
        }
      } catch (error) {
        return notFound(error);
      }
      if (isLast) return lastSegment(stats, here, links > 0);
      if (!stats.isDirectory()) return { kind: 'missing' };
      if (this.#known.size < maxKnown) this.#known.add(here.toString('latin1'));
    }
    return { kind: 'unreadable', code: 'EISDIR', text: '' };
  }

  /** What a link says, relative to the root when it is absolute; null when it leads elsewhere. */
  #belowRoot(target: Buffer): { readonly path: Uint8Array; readonly absolute: boolean } | null {
    if (process.platform === 'win32' && /^([a-z]:|[\\/])/i.test(target.toString('latin1', 0, 2))) {
      return this.#absoluteBelow(target);
    }
    return isSeparator(target[0]) ? this.#absoluteBelow(target) : { path: target, absolute: false };
  }

  #absoluteBelow(target: Buffer): { readonly path: Uint8Array; readonly absolute: boolean } | null {
    const root = [this.#root, this.#alsoRoot].find((each) => isWithin(target, each));
    // guard: absolute links out of a root => return { path: target, absolute: true };
    return root === undefined ? null : { path: target.subarray(root.length), absolute: true };
  }
}

function lastSegment(stats: Stats, path: Buffer, linked: boolean): Found {
  if (stats.isFile()) return { kind: 'file', path, size: stats.size, linked };
  const code: ErrorCode = stats.isDirectory()
    ? 'EISDIR'
    : stats.isFIFO()
      ? 'FIFO'
      : stats.isSocket()
        ? 'SOCKET'
        : stats.isBlockDevice()
          ? 'BLOCK_DEVICE'
          : stats.isCharacterDevice()
            ? 'CHARACTER_DEVICE'
            : 'SPECIAL';
  return { kind: 'unreadable', code, text: '' };
}

function notFound(error: unknown): Found {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', ...errorOf(code, error) };
}

/** A system's code as ours, with the system's words where we have none. */
export function errorOf(code: string | undefined, error: unknown): { readonly code: ErrorCode; readonly text: string } {
  const known = errorCodes.find((each) => each.code === code)?.code;
  if (known !== undefined) return { code: known, text: '' };
  return { code: 'EOTHER', text: error instanceof Error ? error.message : String(error) };
}

const isDots = (segment: Uint8Array, count: number): boolean =>
  segment.length === count && segment.every((byte) => byte === 0x2e);

function splitPath(path: Uint8Array): Buffer[] {
  const segments: Buffer[] = [];
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && !isSeparator(path[at])) continue;
    if (at > start) segments.push(Buffer.from(path.subarray(start, at)));
    start = at + 1;
  }
  return segments;
}

const slashBytes = Buffer.from('/');

function join(segments: readonly Buffer[]): Buffer {
  return Buffer.concat(segments.flatMap((segment, at) => (at === 0 ? [segment] : [slashBytes, segment])));
}
