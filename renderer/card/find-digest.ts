/** Finds the files of a table that are what somebody says, by the digests that are there; in slices. */
import type { Expectation } from '#shared/expected/expected.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ResultTable } from '../results/result-table.ts';
import type { Sliced } from '../results/sliced.ts';
import type { KnownDigests } from './judge.ts';

const rowsASlice = 1_024;

export interface Found {
  readonly rows: readonly number[];
  /** The algorithms by which at least one file was compared. */
  readonly compared: ReadonlySet<AlgorithmName>;
}

export function* findDigest(
  table: ResultTable,
  rows: Iterable<number>,
  expected: Expectation,
  further: (row: number) => KnownDigests | undefined,
): Sliced<Found> {
  const alternatives = expected.alternatives.filter((digests) => digests.length > 0);
  const found: number[] = [];
  const compared = new Set<AlgorithmName>();
  let looked = 0;
  for (const row of rows) {
    if (++looked % rowsASlice === 0) yield;
    const batch = table.batch(row);
    const record = table.record(row);
    const isSame = (name: AlgorithmName, bytes: Uint8Array): boolean => {
      const start = batch.digestStart(record, name);
      const own = start < 0 ? further(row)?.get(name) : undefined;
      if (start < 0 && own === undefined) return false;
      compared.add(name);
      const [source, from] = own === undefined ? [batch.bytes, start] : [own, 0];
      return bytes.every((byte, at) => source[from + at] === byte);
    };
    const fits = alternatives.some((digests) => digests.every(({ algorithm, bytes }) => isSame(algorithm, bytes)));
    const hasSize = expected.size === null || table.group(row) !== 'ok' || batch.size(record) === expected.size;
    if (fits && hasSize) found.push(row);
  }
  return { rows: found, compared };
}
