/** Names in the results relative to a folder, so that programs that check them find the files from there. */
import { lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import { renamedRecord } from '#shared/batch/rename.ts';
import type { FormatWriter } from '#shared/formats/format.ts';
import { descriptorOf } from '../../base/output/in-place.ts';
import { nameBytes, nameText, shownName } from '../../base/raw-names.ts';
import { isPathWithin } from '../../base/within.ts';
import { FailedAttempt } from '../errors.ts';
import { standardStream } from '../input/streams.ts';

const slash = 0x2f;

/** The path without links, in the form of `nameText`. Throws the system's error. */
function realPath(name: string): string {
  return nameText(realpathSync(Buffer.from(nameBytes(name)), 'buffer') as unknown as Uint8Array);
}

/** The same, and where there is nothing of that name, what it would be. */
function realPathOrSo(name: string): string {
  try {
    return realPath(name);
  } catch {
    return path.resolve(name);
  }
}

/** `dir` in the form of `nameText`. Throws FailedAttempt when there is no such folder. */
function baseFolder(dir: string): string {
  try {
    const folder = realPath(dir);
    if (!statSync(Buffer.from(nameBytes(folder))).isDirectory()) {
      throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', errno: 0 });
    }
    return folder;
  } catch (error) {
    throw new FailedAttempt(`cannot name files relative to ${shownName(nameBytes(dir))}`, error);
  }
}

/**
 * The folder of an output that lies in one of the folders that are hashed; undefined where it lies in none, or where the
 * names lead from there as they are. All in the form of `nameText`.
 */
function folderOfOutput(output: string, paths: readonly string[]): string | undefined {
  const folder = realPathOrSo(path.dirname(path.resolve(output)));
  const holds = (operand: string): boolean => {
    const stats = statSync(Buffer.from(nameBytes(operand)), { throwIfNoEntry: false });
    return stats?.isDirectory() === true && isPathWithin(folder, realPathOrSo(operand));
  };
  if (folder === realPath('.') && paths.every((operand) => !path.isAbsolute(operand))) return undefined;
  return paths.some(holds) ? folder : undefined;
}

function isLinkToFolder(name: string): boolean {
  const bytes = Buffer.from(nameBytes(name));
  if (lstatSync(bytes, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
  return statSync(bytes, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What stands before the part of a name that a root did not give. */
interface Change {
  /** Bytes of the root, without slashes at its end. */
  readonly length: number;
  readonly prefix: Uint8Array;
  /** Where the root holds the base: the names of the folders from the root to the base. */
  readonly toBase: readonly Uint8Array[];
}

/**
 * The names that `--base` asks for, or an output within a folder that is hashed; undefined where they stay as they are.
 * Throws FailedAttempt.
 */
export function baseNames(
  { base, output }: { readonly base?: string; readonly output?: string },
  paths: readonly string[],
  report: (message: string) => void,
): BaseNames | undefined {
  if (base !== undefined) return new BaseNames(baseFolder(base));
  if (output === undefined || output === standardStream || descriptorOf(path.normalize(output)) !== undefined) {
    return undefined;
  }
  const folder = folderOfOutput(output, paths);
  if (folder === undefined) return undefined;
  report(`names are relative to the output's folder, ${shownName(nameBytes(folder))}; --base . keeps them as given`);
  return new BaseNames(folder);
}

export class BaseNames {
  readonly #base: string;
  readonly #isHere: boolean;
  readonly #folders = new Map<string, string>();
  #roots: readonly Uint8Array[] = [];
  #changes: (Change | undefined)[] = [];

  /** `base`: absolute, without links, in the form of `nameText`. */
  constructor(base: string) {
    this.#base = base;
    this.#isHere = base === realPath('.');
  }

  /** The roots that records count from now on. */
  setRoots(roots: readonly Uint8Array[]): void {
    this.#roots = roots;
    this.#changes = [];
  }

  /** The same format with the names changed. */
  writer(inner: FormatWriter): FormatWriter {
    const renamed = <Result>(
      batch: BatchView,
      index: number,
      use: (batch: BatchView, index: number) => Result,
    ): Result => {
      const name = this.#nameOf(batch, index);
      return name === undefined ? use(batch, index) : use(renamedRecord(batch, index, name), 0);
    };
    return {
      begin: (out) => inner.begin(out),
      refusal: (batch, index) => renamed(batch, index, (record, at) => inner.refusal?.(record, at)),
      record: (out, batch, index) => renamed(batch, index, (record, at) => inner.record(out, record, at)),
      end: (out) => inner.end(out),
    };
  }

  /** Undefined for a name that stays. */
  #nameOf(batch: BatchView, index: number): Uint8Array | undefined {
    const root = this.#roots[batch.root(index)];
    if (root === undefined) return undefined;
    this.#changes[batch.root(index)] ??= this.#changeOf(root);
    const { length, prefix, toBase } = this.#changes[batch.root(index)]!;
    const name = batch.nameBytes(index);
    if (Buffer.compare(name.subarray(0, length), root.subarray(0, length)) !== 0) return undefined;
    // What is relative to this folder already keeps the form in which it was given.
    if (this.#isHere && root[0] !== slash) return undefined;
    let start = length;
    while (name[start] === slash) start++;
    const below = name.subarray(start);
    if (toBase.length > 0) return fromBase(below, toBase);
    return Buffer.concat(prefix.length > 0 && below.length > 0 ? [prefix, Buffer.from('/'), below] : [prefix, below]);
  }

  #changeOf(root: Uint8Array): Change {
    let length = root.length;
    while (length > 0 && root[length - 1] === slash) length--;
    const real = this.#realRoot(nameText(root));
    const toBase = isPathWithin(this.#base, real) ? path.relative(real, this.#base).split(path.sep) : [];
    const folders = toBase.filter((folder) => folder !== '').map(nameBytes);
    return { length, prefix: nameBytes(path.relative(this.#base, real)), toBase: folders };
  }

  /** Folders are asked for once: a list may name a million files of one. */
  #realRoot(root: string): string {
    const leaf = path.basename(root);
    if (isLinkToFolder(root)) return realPathOrSo(root);
    if (leaf === '' || leaf === '.' || leaf === '..') return realPathOrSo(root);
    const folder = path.dirname(root);
    let real = this.#folders.get(folder);
    if (real === undefined) {
      real = realPathOrSo(folder);
      this.#folders.set(folder, real);
    }
    return path.join(real, leaf);
  }
}

/** `name` below a root, seen from the folder that `toBase` leads to from there: up only as far as it must. */
function fromBase(name: Uint8Array, toBase: readonly Uint8Array[]): Uint8Array {
  let start = 0;
  let common = 0;
  for (const folder of toBase) {
    const end = start + folder.length;
    if (name[end] !== slash || Buffer.compare(name.subarray(start, end), folder) !== 0) break;
    start = end + 1;
    common++;
  }
  return Buffer.concat([Buffer.from('../'.repeat(toBase.length - common)), name.subarray(start)]);
}
