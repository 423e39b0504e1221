/** Compare: how do these two differ? A side is a folder, which is read as far as needed, or a list or a finished job, of which no file is read. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import { Comparison } from '#shared/compare/comparison.ts';
import { type CompareReport, summarise } from '#shared/compare/report.ts';
import type { Side } from '#shared/compare/side.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { walkNames } from '../folder/folder-names.ts';
import { HashPaths } from '../folder/hash-paths.ts';
import { InsideFinder } from '../folder/inside.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { isJournal } from '../stored/finished-job.ts';
import { readManifests } from '../verify/read-manifests.ts';
import { readJobSide, type UnreadablePlace } from './job-side.ts';

/** What two folders are held against each other by: the quickest that nobody can deceive. */
const folderAlgorithm: AlgorithmName = 'blake3';
const findsAtOnce = 64;

export interface CompareOptions {
  /** In the form of `nameText`. */
  readonly left: string;
  readonly right: string;
  /** Files that are no part of either side, such as the report: absolute. */
  readonly own: readonly Uint8Array[];
}

interface OpenSide {
  readonly side: Side;
  /** Null for a list and for a job. */
  readonly folder: OpenFolder | null;
  /** Folders that could not be listed, and what a job could not read; empty for the whole. */
  readonly unreadable: UnreadablePlace[];
  readonly malformed: number;
}

interface OpenFolder {
  readonly root: Uint8Array;
  readonly finder: InsideFinder;
}

/** Rejects with FailedAttempt for a side that cannot be read, TaskCancelled and EngineError. */
export async function compareSides(options: CompareOptions, steps: Steps): Promise<CompareReport> {
  const comparison = new Comparison();
  const lists: Uint8Array[] = [];
  const left = await openSide(options.left, comparison, comparison.left, steps, lists);
  const right = await openSide(options.right, comparison, comparison.right, steps, lists);
  await Promise.all([
    walkSide(left, comparison, [...lists, ...options.own], steps),
    walkSide(right, comparison, [...lists, ...options.own], steps),
  ]);
  await steps.checkpoint();
  comparison.pairSpellings();
  await readPairs(comparison, left, right, steps);
  markUnreadable(comparison, left, right);
  await readStrays(comparison, left, right, steps);
  comparison.pairMoved();
  const paths = comparison.listed(Buffer.compare);
  return { comparison, paths, summary: summarise(comparison, paths, left.malformed + right.malformed) };
}

async function openSide(
  name: string,
  comparison: Comparison,
  side: Side,
  steps: Steps,
  lists: Uint8Array[],
): Promise<OpenSide> {
  const whole = Buffer.from(nameBytes(path.resolve(name)));
  let isFolder: boolean;
  try {
    isFolder = (await stat(whole)).isDirectory();
  } catch (error) {
    throw new FailedAttempt(`cannot read ${shownName(nameBytes(name))}`, error);
  }
  if (isFolder) {
    return { side, folder: { root: whole, finder: new InsideFinder(whole, whole) }, unreadable: [], malformed: 0 };
  }
  if (await isJournal(name)) {
    lists.push(whole);
    return { side, folder: null, unreadable: await readJobSide(name, comparison, side, steps), malformed: 0 };
  }
  const [read] = await readManifests({ manifests: [{ name }], root: null, signal: steps.signal });
  lists.push(...read!.own, whole);
  const { entries } = read!;
  let malformed = 0;
  for (let entry = 0; entry < entries.count; entry++) {
    const names = entries.algorithms(entry);
    if (names.length === 0 && entries.path(entry) < 0) {
      malformed++;
      continue;
    }
    // Names that lead out of a folder are compared as they are: nothing is opened by them.
    const key = entries.path(entry) < 0 ? entries.name(entry) : entries.paths.bytes(entries.path(entry));
    const at = comparison.paths.add(key);
    side.addDigests(at, names, entries.expected(entry));
    if (entries.size(entry) >= 0) side.setSize(at, entries.size(entry));
  }
  return { side, folder: null, unreadable: [], malformed };
}

async function walkSide(
  { side, folder, unreadable }: OpenSide,
  comparison: Comparison,
  own: readonly Uint8Array[],
  steps: Steps,
): Promise<void> {
  if (folder === null) return;
  const { root } = folder;
  const prefix = root.at(-1) === 0x2f ? root.length : root.length + 1;
  const left = own
    .filter((name) => name.length > prefix && Buffer.compare(name.subarray(0, root.length), root) === 0)
    .map((name) => Buffer.from(name.subarray(prefix)).toString('latin1'));
  const leftOut = new Set(left);
  await walkNames(
    root,
    {
      folder: (below) => ({
        file(name, length) {
          if (leftOut.size > 0 && leftOut.has(Buffer.from(name.subarray(0, length)).toString('latin1'))) return;
          side.put(comparison.paths.add(name, 0, length));
        },
        unreadable: (code) => unreadable.push({ path: below.slice(), code }),
      }),
    },
    steps.signal,
  );
}

/** Reads what both sides have, as far as sizes do not say enough already. */
async function readPairs(comparison: Comparison, left: OpenSide, right: OpenSide, steps: Steps): Promise<void> {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < comparison.paths.count; at++) {
    const other = comparison.left.has(at) ? comparison.partner(at) : -1;
    if (other >= 0) pairs.push([at, other]);
  }
  await readSizes(
    left,
    needsSize(
      right,
      pairs.map(([at, other]) => [at, other] as const),
    ),
    comparison,
    steps,
  );
  await readSizes(
    right,
    needsSize(
      left,
      pairs.map(([at, other]) => [other, at] as const),
    ),
    comparison,
    steps,
  );
  const [hashLeft, hashRight] = [hashing(left, comparison, steps), hashing(right, comparison, steps)];
  for (const [at, other] of pairs) {
    const [size, otherSize] = [comparison.left.size(at), comparison.right.size(other)];
    if (size >= 0 && otherSize >= 0 && size !== otherSize) continue;
    if (comparison.left.state(at) !== 'ok' || comparison.right.state(other) !== 'ok') continue;
    await hashLeft?.add(at, comparison.paths.bytes(at), wanted(right, other));
    await hashRight?.add(other, comparison.paths.bytes(other), wanted(left, at));
  }
  await hashLeft?.finish();
  await hashRight?.finish();
}

/** Of the pairs (own path, path of the other side) the own paths whose size the other side could contradict. */
function needsSize(other: OpenSide, pairs: readonly (readonly [number, number])[]): number[] {
  return pairs.flatMap(([own, its]) => (other.folder !== null || other.side.size(its) >= 0 ? [own] : []));
}

/** What has to be computed of a file so that it can be held against `path` of the other side. */
function wanted(other: OpenSide, path: number): readonly AlgorithmName[] {
  if (other.folder !== null) return [folderAlgorithm];
  return other.side.algorithms(path);
}

interface SideHashing {
  add(path: number, bytes: Uint8Array, names: readonly AlgorithmName[]): Promise<void>;
  finish(): Promise<void>;
}

/** Null for a list. */
function hashing({ side, folder }: OpenSide, comparison: Comparison, steps: Steps): SideHashing | null {
  if (folder === null) return null;
  const queue = new HashPaths({
    steps,
    root: folder.root,
    record: (path, batch, index) => takeRecord(side, path, batch, index),
  });
  return {
    async add(path, bytes, names) {
      const missing = names.filter((name) => side.digest(path, name) === null);
      if (missing.length === 0 || side.state(path) !== 'ok') return;
      if (folder.root.length + 1 + bytes.length > 65_536) side.fail(path, 'ENAMETOOLONG');
      else await queue.add(path, comparison.paths.bytes(path), missing);
    },
    finish: () => queue.finish(),
  };
}

function takeRecord(side: Side, path: number, batch: BatchView, index: number): void {
  if (batch.status(index) !== 'ok') {
    side.fail(path, batch.errorCode(index));
    return;
  }
  const names = batch.algorithms.filter((name) => batch.digest(index, name) !== null);
  side.addDigests(path, names, Buffer.concat(names.map((name) => batch.digest(index, name)!)));
  side.setSize(path, batch.size(index));
}

async function readSizes(
  { side, folder }: OpenSide,
  paths: readonly number[],
  comparison: Comparison,
  steps: Steps,
): Promise<void> {
  if (folder === null) return;
  for (let from = 0; from < paths.length; from += findsAtOnce) {
    await steps.checkpoint();
    const group = paths.slice(from, from + findsAtOnce).filter((at) => side.size(at) < 0 && side.state(at) === 'ok');
    const found = await Promise.all(group.map((at) => folder.finder.find(comparison.paths.bytes(at))));
    group.forEach((at, index) => {
      const file = found[index]!;
      if (file.kind === 'file') side.setSize(at, file.size);
      else side.fail(at, file.kind === 'unreadable' ? file.code : 'ENOENT');
    });
  }
}

/** What lies in a folder that cannot be listed is not gone: nobody knows. */
function markUnreadable(comparison: Comparison, left: OpenSide, right: OpenSide): void {
  const mark = (mine: OpenSide, only: readonly number[]): void => {
    if (mine.unreadable.length === 0) return;
    const codes = new Map(mine.unreadable.map(({ path, code }) => [Buffer.from(path).toString('latin1'), code]));
    for (const path of only) {
      const code = codeAbove(Buffer.from(comparison.paths.bytes(path)).toString('latin1'), codes);
      if (code !== undefined) mine.side.fail(path, code);
    }
    for (const { path, code } of mine.unreadable) {
      mine.side.fail(comparison.paths.add(path.length === 0 ? Buffer.from('.') : path), code);
    }
  };
  const [leftOnly, rightOnly] = [comparison.leftOnly(), comparison.rightOnly()];
  mark(right, leftOnly);
  mark(left, rightOnly);
}

/** Of the nearest folder above that could not be read. */
function codeAbove(path: string, codes: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
    const code = codes.get(path.slice(0, end));
    if (code !== undefined || end === 0) return code ?? codes.get('');
  }
  return codes.get('');
}

/** Reads what only one side has, as far as the other has something that it could be. */
async function readStrays(comparison: Comparison, left: OpenSide, right: OpenSide, steps: Steps): Promise<void> {
  const [leftOnly, rightOnly] = [comparison.leftOnly(), comparison.rightOnly()];
  if (leftOnly.length === 0 || rightOnly.length === 0) return;
  if (left.folder === null && right.folder === null) return;
  await readSizes(left, leftOnly, comparison, steps);
  await readSizes(right, rightOnly, comparison, steps);
  await Promise.all([
    readCandidates(left, leftOnly, right, rightOnly, comparison, steps),
    readCandidates(right, rightOnly, left, leftOnly, comparison, steps),
  ]);
}

async function readCandidates(
  mine: OpenSide,
  own: readonly number[],
  other: OpenSide,
  others: readonly number[],
  comparison: Comparison,
  steps: Steps,
): Promise<void> {
  const queue = hashing(mine, comparison, steps);
  if (queue === null) return;
  const sizes = new Set(others.map((path) => other.side.size(path)));
  const all = new Set<AlgorithmName>(
    other.folder !== null ? [folderAlgorithm] : others.flatMap((path) => other.side.algorithms(path)),
  );
  const names = [...all].sort((a, b) => algorithm(a).id - algorithm(b).id);
  for (const path of own) {
    const mayBe = sizes.has(-1) || sizes.has(mine.side.size(path));
    if (mayBe) await queue.add(path, comparison.paths.bytes(path), names);
  }
  await queue.finish();
}
