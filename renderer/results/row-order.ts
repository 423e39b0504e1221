/**
 * Orders of rows, one a column. Every order is told by keys: a number for the first part of the
 * value, and for long values (names, digests) a further number for each next part. So sorting
 * compares numbers in flat arrays, and looks further only where rows are equal so far.
 */
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { naturalKey } from '../table/natural-key.ts';
import { type SortSpace, sortByKey, sortSpace } from './key-sort.ts';
import type { ResultTable } from './result-table.ts';
import type { Sliced } from './sliced.ts';

export type SortColumn = 'name' | 'size' | 'status' | AlgorithmName;
export interface Sort {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
}

export interface RowOrder {
  /** The part of the row's value at `depth` (0, 1, …); rows without a value are last either way. */
  key(row: number, depth: number): number;
  /** Whether the row's value goes on after the part at `depth`. */
  goesOn(row: number, depth: number): boolean;
}

/** Six bytes fit exactly into the 53 bits of a number. */
const bytesAKey = 6;

/** Up to six bytes from `at` as one big-endian number; zeros stand for what is beyond `end`. */
function bytesKey(bytes: Uint8Array, at: number, end: number): number {
  const high = ((byteAt(bytes, at, end) << 16) | (byteAt(bytes, at + 1, end) << 8) | byteAt(bytes, at + 2, end)) >>> 0;
  const low =
    ((byteAt(bytes, at + 3, end) << 16) | (byteAt(bytes, at + 4, end) << 8) | byteAt(bytes, at + 5, end)) >>> 0;
  return high * 0x1000000 + low;
}

function byteAt(bytes: Uint8Array, at: number, end: number): number {
  return at < end ? bytes[at]! : 0;
}

/** What is written of a name at most; more is the same to the order. */
const scratch = new Uint8Array(4096);

/**
 * Folders in the order of their paths, and in each its files; see `naturalKey`. Holds for the rows that the table has
 * now: those that arrive later may lie in folders that have no place yet.
 */
function pathOrder(table: ResultTable): RowOrder {
  const places = table.folders.places();
  const write = (row: number, bytes: number): number => {
    const target = scratch.subarray(0, Math.min(bytes, scratch.length));
    return naturalKey(target, table.nameSource(row), table.leafStart(row), table.nameEnd(row));
  };
  return {
    key: (row, depth) => {
      if (depth === 0) return places[table.folder(row)]!;
      const length = write(row, depth * bytesAKey);
      return bytesKey(scratch, (depth - 1) * bytesAKey, length);
    },
    goesOn: (row, depth) => write(row, depth * bytesAKey + 1) > depth * bytesAKey,
  };
}

/** A value in `depths` parts; rows whose values are equal stand in the order of their paths, whichever the direction. */
function byValue(depths: number, key: RowOrder['key'], path: RowOrder, isDescending: boolean): RowOrder {
  return {
    key: (row, depth) => {
      if (depth >= depths) return path.key(row, depth - depths);
      const value = key(row, depth);
      return isDescending && value !== Number.POSITIVE_INFINITY ? -value : value;
    },
    goesOn: (row, depth) => depth < depths || path.goesOn(row, depth - depths),
  };
}

/** `null`: by path, as `name` has it. */
export function rowOrder(table: ResultTable, sort: Sort | null): RowOrder {
  const path = pathOrder(table);
  const isDescending = sort?.direction === 'descending';
  const column = sort?.column ?? 'name';
  switch (column) {
    case 'name':
      return isDescending ? { key: (row, depth) => -path.key(row, depth), goesOn: path.goesOn } : path;
    case 'size':
      return byValue(1, (row) => table.size(row), path, isDescending);
    case 'status':
      return byValue(1, (row) => table.statusNumber(row), path, isDescending);
    default: {
      const { digestLength } = algorithm(column);
      const part = (row: number, depth: number): number => {
        const batch = table.batch(row);
        const start = batch.digestStart(table.record(row), column);
        if (start < 0) return Number.POSITIVE_INFINITY;
        return bytesKey(batch.bytes, start + depth * bytesAKey, start + digestLength);
      };
      return byValue(Math.ceil(digestLength / bytesAKey), part, path, isDescending);
    }
  }
}

/** The rows from `from` to `to` in their order; equal rows stay as they came. */
export function* sortRows(order: RowOrder, from: number, to: number): Sliced<Uint32Array> {
  const space = sortSpace(to - from);
  for (let row = from; row < to; row++) space.rows[row - from] = row;
  yield* sortGroup(space, order, 0, to - from, 0);
  return space.rows;
}

/** Rows looked through between two chances to pause. */
const groupsASlice = 1 << 14;

/** Sorts one group of rows whose parts before `depth` are equal, then each group equal at `depth`. */
function* sortGroup(space: SortSpace, order: RowOrder, from: number, to: number, depth: number): Sliced<void> {
  const { rows, keys } = space;
  for (let at = from; at < to; at++) {
    keys[at] = order.key(rows[at]!, depth);
    if (at % 0x4000 === 0) yield;
  }
  yield* sortByKey(space, from, to);
  let start = from;
  let looked = from;
  while (start < to) {
    const key = keys[start]!;
    let end = start + 1;
    while (end < to && keys[end] === key) end++;
    if (end - start > 1 && anyGoesOn(order, rows, start, end, depth)) {
      yield* sortGroup(space, order, start, end, depth + 1);
    }
    start = end;
    if (start - looked > groupsASlice) {
      looked = start;
      yield;
    }
  }
}

function anyGoesOn(order: RowOrder, rows: Uint32Array, start: number, end: number, depth: number): boolean {
  for (let at = start; at < end; at++) if (order.goesOn(rows[at]!, depth)) return true;
  return false;
}

/** Below 0 when row `a` comes first, above 0 when row `b` does, 0 when they are equal. */
function compareRows(order: RowOrder, a: number, b: number): number {
  for (let depth = 0; ; depth++) {
    const keyOfA = order.key(a, depth);
    const keyOfB = order.key(b, depth);
    if (keyOfA !== keyOfB) return keyOfA < keyOfB ? -1 : 1;
    if (!order.goesOn(a, depth) && !order.goesOn(b, depth)) return 0;
  }
}

/** Merges sorted `later` rows into sorted `earlier` ones; of equal rows the earlier come first. */
export function* mergeRows(order: RowOrder, earlier: Uint32Array, later: Uint32Array): Sliced<Uint32Array> {
  if (earlier.length === 0) return later;
  if (later.length === 0) return earlier;
  const merged = new Uint32Array(earlier.length + later.length);
  let copied = 0;
  for (let next = 0; next < later.length; next++) {
    const row = later[next]!;
    let low = copied;
    let high = earlier.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareRows(order, earlier[middle]!, row) <= 0) low = middle + 1;
      else high = middle;
    }
    merged.set(earlier.subarray(copied, low), copied + next);
    merged[low + next] = row;
    copied = low;
    if (next % 0x400 === 0) yield;
  }
  merged.set(earlier.subarray(copied), copied + later.length);
  return merged;
}
