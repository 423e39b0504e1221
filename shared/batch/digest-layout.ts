/** Where the digests lie within a record's digests. */
import { type AlgorithmName, algorithms } from '../tables/algorithms.ts';
import { corrupt } from './batch-error.ts';

export interface DigestPlace {
  /** Bytes from the start of the record's digests. */
  readonly offset: number;
  readonly length: number;
}

export interface DigestLayout {
  /** In the order in which their digests lie in a record: ascending id. */
  readonly algorithms: readonly AlgorithmName[];
  readonly places: ReadonlyMap<AlgorithmName, DigestPlace>;
  /** Bytes of digests per record: the sum of the lengths, rounded up to 8. */
  readonly stride: number;
}

const known = (1n << BigInt(algorithms.length)) - 1n;

/** Algorithms whose bit is set in a header's mask, in ascending id. Throws BatchError for a bit that none has. */
export function algorithmsOfMask(mask: bigint): AlgorithmName[] {
  if ((mask & ~known) !== 0n) corrupt('an algorithm is unknown');
  return algorithms.filter(({ id }) => (mask >> BigInt(id)) & 1n).map(({ name }) => name);
}

export function digestLayout(names: readonly AlgorithmName[]): DigestLayout {
  const places = new Map<AlgorithmName, DigestPlace>();
  let offset = 0;
  for (const { name, digestLength } of algorithms) {
    if (!names.includes(name)) continue;
    places.set(name, { offset, length: digestLength });
    offset += digestLength;
  }
  return { algorithms: [...places.keys()], places, stride: (offset + 7) & ~7 };
}

let last: { readonly low: number; readonly high: number; readonly layout: DigestLayout } | undefined;

/** The layout for a header's mask, given in halves; a job's batches all have the same. Throws BatchError. */
export function layoutOfMask(low: number, high: number): DigestLayout {
  if (last?.low !== low || last.high !== high) {
    last = { low, high, layout: digestLayout(algorithmsOfMask((BigInt(high) << 32n) | BigInt(low))) };
  }
  return last.layout;
}
