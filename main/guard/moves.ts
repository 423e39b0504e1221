/** Which files that are gone are there under another name: by digest, as a multiset, names alike first. */
import type { GuardRecord } from '#shared/guard/record.ts';

const slash = 0x2f;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const leafOf = (path: Uint8Array): string => latin1(path.subarray(path.lastIndexOf(slash) + 1));

/** By the number of an entry that is gone: that of the file that was added. An empty file is nothing to go by. */
export function matchMoves(
  record: GuardRecord,
  gone: readonly number[],
  added: readonly number[],
): ReadonlyMap<number, number> {
  const moves = new Map<number, number>();
  const taken = new Set<number>();
  const content = (number: number): string => latin1(record.digest(number));
  const contentAndName = (number: number): string => content(number) + leafOf(record.path(number));
  for (const keyOf of [contentAndName, content]) {
    const free = new Map<string, number[]>();
    for (const number of added) {
      if (record.size(number) === 0 || taken.has(number)) continue;
      const key = keyOf(number);
      const others = free.get(key);
      if (others === undefined) free.set(key, [number]);
      else others.push(number);
    }
    for (const number of gone) {
      const to = moves.has(number) ? undefined : free.get(keyOf(number))?.shift();
      if (to === undefined) continue;
      moves.set(number, to);
      taken.add(to);
    }
  }
  return moves;
}
