/**
 * A list without tags does not say of what algorithm its digests are; by their length the usual one is taken. Where not
 * one file has such a digest, it may be another of the same length.
 */
import type { DialectName } from '../checksums/model.ts';
import { type AlgorithmName, algorithm, algorithms } from '../tables/algorithms.ts';
import { isCustom } from '../text/custom-digests.ts';
import type { Entries } from './entries.ts';

const untagged: ReadonlySet<DialectName> = new Set([
  'gnu',
  'gnu-zero',
  'bsd-reversed',
  'single',
  'base64',
  'rclone-hashsum',
]);

/** A shorter digest may match by chance. */
const leastBytes = 8;

/** What goes into these is more than the content. */
const notOfContent: ReadonlySet<string> = new Set(['btih']);

const common: ReadonlySet<AlgorithmName> = new Set<AlgorithmName>([
  'xxh3-64',
  'xxh3-128',
  'ripemd160',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'sha512-256',
  'blake2b',
  'blake2s',
  'blake3',
  'whirlpool',
]);

/** Those that a digest of `name` could also be of; only the common ones where trying costs much. */
export function othersOfLength(name: AlgorithmName, onlyCommon: boolean): AlgorithmName[] {
  const { digestLength } = algorithm(name);
  if (digestLength < leastBytes) return [];
  return algorithms
    .filter((each) => each.digestLength === digestLength && each.name !== name)
    .filter((each) => !notOfContent.has(each.name) && !isCustom(each.encoding))
    .map((each) => each.name)
    .filter((each) => !onlyCommon || common.has(each));
}

/** A manifest of which every file that was read differs, and by what its digests were read. */
export interface Doubtful {
  readonly algorithm: AlgorithmName;
  /** Entries that are changed. */
  readonly entries: readonly number[];
}

const maxTried = 1_000;

/** Null where the dialect says what its digests are, where anything is ok, or where nothing could be compared. */
export function doubtful(entries: Entries, manifest: number, dialect: DialectName): Doubtful | null {
  if (!untagged.has(dialect)) return null;
  const changed: number[] = [];
  let name: AlgorithmName | undefined;
  for (let entry = 0; entry < entries.count; entry++) {
    if (entries.manifest(entry) !== manifest) continue;
    const status = entries.status(entry);
    if (status === 'ok') return null;
    if (status !== 'changed' || entries.actual(entry) === null) continue;
    const [first, ...more] = entries.algorithms(entry);
    if (first === undefined || more.length > 0 || (name !== undefined && name !== first)) return null;
    name = first;
    if (changed.length < maxTried) changed.push(entry);
  }
  return name === undefined ? null : { algorithm: name, entries: changed };
}
