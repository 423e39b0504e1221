/** The order of a walk, told from records alone: by root, then depth first with names in byte order. */
import type { RecordPlace } from './gather.ts';

const slash = 0x2f;
const backslash = 0x5c;

/** Compares as `sort` does. `windows`: a backslash also stands between names. */
export function walkComparer(windows: boolean): (a: RecordPlace, b: RecordPlace) => number {
  /** A separator comes before every byte of a name, so that what a folder holds comes before its next sibling. */
  const rank = (byte: number): number => (byte === slash || (windows && byte === backslash) ? -1 : byte);
  return (a, b) => {
    const roots = a.batch.root(a.index) - b.batch.root(b.index);
    if (roots !== 0) return roots;
    const [left, right] = [a.batch.bytes, b.batch.bytes];
    const [leftStart, rightStart] = [a.batch.nameStart(a.index), b.batch.nameStart(b.index)];
    const [leftLength, rightLength] = [a.batch.nameLength(a.index), b.batch.nameLength(b.index)];
    const shorter = Math.min(leftLength, rightLength);
    for (let at = 0; at < shorter; at++) {
      const [one, other] = [left[leftStart + at]!, right[rightStart + at]!];
      if (one !== other) return rank(one) - rank(other);
    }
    return leftLength - rightLength;
  };
}
