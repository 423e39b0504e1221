/** Files that look like somebody's, the same ones every time. */
import type { RecordInput } from '#shared/batch/writer.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';

/** A small generator (mulberry32): the same numbers in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const folders = [
  'Scans/1987 Atlantic crossing',
  'Scans/1991 Lisbon',
  'Masters/Interviews',
  'Masters/Stills',
  'Letters',
  'Disk images',
];
const kinds = ['tif', 'wav', 'mov', 'iso', 'pdf', 'xml', 'jpg'];

export function sampleDigest(random: () => number, name: AlgorithmName): Uint8Array {
  return Uint8Array.from({ length: algorithm(name).digestLength }, () => Math.floor(random() * 256));
}

export interface SampleOptions {
  readonly count: number;
  readonly root: string;
  readonly algorithms: readonly AlgorithmName[];
  /** Every so many-th file fails; 0: none. */
  readonly failEvery: number;
}

const failures: readonly Pick<RecordInput, 'status' | 'error' | 'errorText'>[] = [
  { status: 'unreadable', error: 'EACCES' },
  { status: 'missing', error: 'ENOENT' },
  { status: 'changed', error: 'GREW' },
  { status: 'skipped', error: 'SYMLINK' },
  { status: 'unreadable', error: 'EIO' },
  { status: 'skipped', error: 'FIFO' },
  { status: 'cancelled', error: 'CANCELLED' },
];

export function sampleRecord(
  index: number,
  { root, algorithms, failEvery }: SampleOptions,
  random: () => number,
): RecordInput {
  const folder = folders[Math.floor(random() * folders.length)]!;
  const kind = kinds[Math.floor(random() * kinds.length)]!;
  const name = `${root}/${folder}/${folder.slice(0, 3).toUpperCase()}-${String(index).padStart(6, '0')}.${kind}`;
  const size = Math.floor(10 ** (2 + random() * 7));
  const base = { entryId: index, name, size, modifiedNs: 1_700_000_000_000_000_000n + BigInt(index) * 60_000_000_000n };
  if (failEvery > 0 && index % failEvery === failEvery - 1) {
    return { ...base, ...failures[Math.floor(index / failEvery) % failures.length]! };
  }
  const digests = Object.fromEntries(algorithms.map((one) => [one, sampleDigest(random, one)]));
  return { ...base, hashTimeNs: Math.floor(size / 1.2) + 40_000, digests };
}

/** As batches of at most `perBatch` records. */
export function* sampleBatches(jobId: number, options: SampleOptions, perBatch = 2_000): Generator<Uint8Array> {
  const random = randomNumbers(jobId * 7919);
  for (let from = 0, sequence = 0; from < options.count; from += perBatch, sequence++) {
    const length = Math.min(perBatch, options.count - from);
    const records = Array.from({ length }, (_, index) => sampleRecord(from + index, options, random));
    yield writeBatch({ jobId, sequence, algorithms: options.algorithms, records });
  }
}
