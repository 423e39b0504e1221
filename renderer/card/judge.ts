/** Whether a file is what somebody says it is: what was pasted, against the digests that are known of the file. */
import type { Expectation } from '#shared/expected/expected.ts';
import { type AlgorithmName, algorithm, algorithmNames } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';

/** The digests of a file, by algorithm. */
export type KnownDigests = ReadonlyMap<AlgorithmName, Uint8Array>;

export interface ComparedDigest {
  readonly algorithm: AlgorithmName;
  /** As the algorithm's digests are shown. */
  readonly expected: string;
  readonly actual: string;
}

export type Judgement =
  | { readonly kind: 'match'; readonly digests: readonly ComparedDigest[] }
  | {
      readonly kind: 'different';
      /** The likeliest of what it may be first. */
      readonly digests: readonly ComparedDigest[];
      /** Bytes that were expected, where they are others. */
      readonly expectedSize: number | null;
    }
  /** These have to be computed first. */
  | { readonly kind: 'unknown'; readonly needs: readonly AlgorithmName[] };

/** What people publish: tried before others of the same length. */
const usual: readonly AlgorithmName[] = ['sha256', 'sha512', 'sha1', 'md5', 'crc32', 'blake3', 'sha384', 'sha3-256'];

export function judge(expected: Expectation, known: KnownDigests, size: number): Judgement {
  const wrongSize = expected.size !== null && expected.size !== size;
  const alternatives = expected.alternatives.filter((digests) => digests.length > 0);
  if (!wrongSize) {
    const match = alternatives.find((digests) => digests.every((one) => isSame(one.bytes, known.get(one.algorithm))));
    if (match !== undefined) return { kind: 'match', digests: match.map((one) => compared(one, known)!) };
    const needs = new Set(alternatives.flat().map((one) => one.algorithm));
    for (const name of known.keys()) needs.delete(name);
    if (needs.size > 0) return { kind: 'unknown', needs: algorithmNames.filter((name) => needs.has(name)) };
  }
  const digests = alternatives.flat().flatMap((one) => compared(one, known) ?? []);
  return {
    kind: 'different',
    digests: digests.sort((a, b) => rank(a.algorithm) - rank(b.algorithm)),
    expectedSize: wrongSize ? expected.size : null,
  };
}

function rank(name: AlgorithmName): number {
  const place = usual.indexOf(name);
  return place < 0 ? usual.length : place;
}

function compared(
  { algorithm: name, bytes }: { readonly algorithm: AlgorithmName; readonly bytes: Uint8Array },
  known: KnownDigests,
): ComparedDigest | undefined {
  const actual = known.get(name);
  const { encoding } = algorithm(name);
  return actual && { algorithm: name, expected: digestText(bytes, encoding), actual: digestText(actual, encoding) };
}

function isSame(expected: Uint8Array, actual: Uint8Array | undefined): boolean {
  return actual !== undefined && expected.length === actual.length && expected.every((byte, at) => byte === actual[at]);
}

/** What a match of all these is worth. */
export function worthOf(names: readonly AlgorithmName[]): 'secure' | 'broken' | 'checksum' {
  const fits = names.map((name) => algorithm(name).fit);
  // Each that matches is evidence of its own: one that nobody can forge is enough.
  if (fits.includes('secure')) return 'secure';
  return fits.includes('broken') ? 'broken' : 'checksum';
}
