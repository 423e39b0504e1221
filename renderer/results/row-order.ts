/**
 * Orders of rows, one a column. Every order is told by keys: a number for the first part of the
 * value, and for long values (names, digests) a further number for each next part. So sorting
 * compares numbers in flat arrays, and looks further only where rows are equal so far.
 */
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
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

function ascending(table: ResultTable, column: SortColumn): RowOrder {
  switch (column) {
    case 'name':
      // Names hold no zero byte, so the zeros after a shorter name sort it before a longer one.
      return {
        key: (row, depth) =>
          bytesKey(table.nameSource(row), table.nameStart(row) + depth * bytesAKey, table.nameEnd(row)),
        goesOn: (row, depth) => table.nameStart(row) + (depth + 1) * bytesAKey < table.nameEnd(row),
      };
    case 'size':
      return { key: (row) => table.size(row), goesOn: () => false };
    case 'status':
      return { key: (row) => table.statusNumber(row), goesOn: () => false };
    default: {
      const { digestLength } = algorithm(column);
      return {
        key: (row, depth) => {
          const digest = table.digest(row, column);
          return digest === null ? Number.POSITIVE_INFINITY : bytesKey(digest, depth * bytesAKey, digestLength);
        },
        goesOn: (row, depth) => (depth + 1) * bytesAKey < digestLength && table.digest(row, column) !== null,
      };
    }
  }
}

export function rowOrder(table: ResultTable, sort: Sort): RowOrder {
  const order = ascending(table, sort.column);
  if (sort.direction === 'ascending') return order;
  return {
    key: (row, depth) => {
      const key = order.key(row, depth);
      return key === Number.POSITIVE_INFINITY ? key : -key;
    },
    goesOn: order.goesOn,
  };
}

/** The rows from `from` to `to` in their order; equal rows stay as they came. */
export function* sortRows(order: RowOrder, from: number, to: number): Sliced<Uint32Array> {
  const space = sortSpace(to - from);
  for (let row = from; row < to; row++) space.rows[row - from] = row;
  yield* sortGroup(space, order, 0, to - from, 0);
  return space.rows;
}

/** Sorts one group of rows whose parts before `depth` are equal, then each group equal at `depth`. */
function* sortGroup(space: SortSpace, order: RowOrder, from: number, to: number, depth: number): Sliced<void> {
  const { rows, keys } = space;
  for (let at = from; at < to; at++) {
    keys[at] = order.key(rows[at]!, depth);
    if (at % 0x4000 === 0) yield;
  }
  yield* sortByKey(space, from, to);
  let start = from;
  while (start < to) {
    const key = keys[start]!;
    let end = start + 1;
    let more = order.goesOn(rows[start]!, depth);
    for (; end < to && keys[end] === key; end++) more ||= order.goesOn(rows[end]!, depth);
    if (more && end - start > 1) yield* sortGroup(space, order, start, end, depth + 1);
    start = end;
  }
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
export function mergeRows(order: RowOrder, earlier: Uint32Array, later: Uint32Array): Uint32Array {
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
  }
  merged.set(earlier.subarray(copied), copied + later.length);
  return merged;
}
