/**
 * A stable merge sort of rows by a numeric key each, over flat arrays. Rows that come nearly in
 * order, as a walk brings them, cost one pass.
 */
import type { Sliced } from './sliced.ts';

const insertionRun = 16;
/** Elements moved between two chances to pause. */
const movesASlice = 1 << 15;

export interface SortSpace {
  readonly rows: Uint32Array;
  readonly keys: Float64Array;
  readonly spareRows: Uint32Array;
  readonly spareKeys: Float64Array;
}

/** Room for `count` rows; `rows` and `keys` are for the caller to fill. */
export function sortSpace(count: number): SortSpace {
  return {
    rows: new Uint32Array(count),
    keys: new Float64Array(count),
    spareRows: new Uint32Array(count),
    spareKeys: new Float64Array(count),
  };
}

/** Sorts `rows` and `keys` between `from` and `to` by ascending key; equal keys keep their order. */
export function* sortByKey(space: SortSpace, from: number, to: number): Sliced<void> {
  const { rows, keys } = space;
  for (let start = from; start < to; start += insertionRun) {
    insertionSort(rows, keys, start, Math.min(start + insertionRun, to));
    if ((start - from) % movesASlice === 0) yield;
  }
  let moved = 0;
  for (let width = insertionRun; width < to - from; width *= 2) {
    for (let start = from; start + width < to; start += width * 2) {
      const middle = start + width;
      if (keys[middle - 1]! <= keys[middle]!) continue;
      const end = Math.min(middle + width, to);
      merge(space, start, middle, end);
      moved += end - start;
      if (moved >= movesASlice) {
        moved = 0;
        yield;
      }
    }
  }
}

function insertionSort(rows: Uint32Array, keys: Float64Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next++) {
    const key = keys[next]!;
    const row = rows[next]!;
    let at = next;
    for (; at > from && keys[at - 1]! > key; at--) {
      keys[at] = keys[at - 1]!;
      rows[at] = rows[at - 1]!;
    }
    keys[at] = key;
    rows[at] = row;
  }
}

function merge({ rows, keys, spareRows, spareKeys }: SortSpace, start: number, middle: number, end: number): void {
  spareRows.set(rows.subarray(start, middle), start);
  spareKeys.set(keys.subarray(start, middle), start);
  let left = start;
  let right = middle;
  for (let out = start; left < middle; out++) {
    if (right < end && keys[right]! < spareKeys[left]!) {
      keys[out] = keys[right]!;
      rows[out] = rows[right++]!;
    } else {
      keys[out] = spareKeys[left]!;
      rows[out] = spareRows[left++]!;
    }
  }
}
