/** The header's mask has 64 bits: more than a JavaScript shift can reach. */
import { expect, test } from 'vitest';
import { type AlgorithmName, algorithmNames, algorithms } from '../tables/algorithms.ts';
import { algorithmsOfMask, digestLayout } from './digest-layout.ts';
import { batchHeaderBytes, hotRecordBytes, maxBatchBytes } from './layout.ts';
import { openBatch } from './reader.ts';
import { writeBatch } from './writer.ts';

/** A digest that tells its algorithm and record. */
const digestOf = (name: AlgorithmName, record: number): Uint8Array => {
  const { id, digestLength } = algorithms.find((candidate) => candidate.name === name)!;
  return Uint8Array.from({ length: digestLength }, (_, at) => id + 41 * record + at);
};

const batchOf = (names: readonly AlgorithmName[], count: number, name = 'a') =>
  writeBatch({
    jobId: 1,
    sequence: 0,
    algorithms: names,
    records: Array.from({ length: count }, (_, entryId) => ({
      entryId,
      name,
      digests: Object.fromEntries(names.map((each) => [each, digestOf(each, entryId)])),
    })),
  });

test('ids count up from 0 without gaps and fit the mask', () => {
  expect(algorithms.map(({ id }) => id)).toEqual(algorithms.map((_, index) => index));
  expect(algorithms.length).toBeLessThanOrEqual(64);
});

test.each<readonly AlgorithmName[]>([
  ['gost12-256'],
  ['gost12-512'],
  ['btih'],
  ['gost12-256', 'gost12-512'],
  ['crc32', 'gost12-512', 'btih'],
  [...algorithmNames],
])('digests of %s come back under their own names', (...names) => {
  const batch = openBatch(batchOf(names, 2));
  expect(batch.algorithms).toEqual(names);
  for (const name of algorithmNames) {
    for (const record of [0, 1]) {
      expect(batch.digest(record, name), name).toEqual(names.includes(name) ? digestOf(name, record) : null);
    }
  }
});

test('each bit stands for one algorithm', () => {
  for (const { id, name } of algorithms) expect(algorithmsOfMask(1n << BigInt(id))).toEqual([name]);
  expect(algorithmsOfMask((1n << BigInt(algorithms.length)) - 1n)).toEqual(algorithmNames);
});

test('a bit that no algorithm has is refused, not taken for another', () => {
  for (let bit = algorithms.length; bit < 64; bit++) {
    expect(() => algorithmsOfMask(1n << BigInt(bit)), `${bit}`).toThrow(
      expect.objectContaining({ code: 'BATCH_CORRUPT' }),
    );
  }
});

test('a batch of every algorithm may be as long as the limit and not a byte longer', () => {
  const perRecord = hotRecordBytes + digestLayout(algorithmNames).stride;
  const count = Math.floor((maxBatchBytes - batchHeaderBytes) / (perRecord + 1));
  const rest = maxBatchBytes - batchHeaderBytes - count * perRecord;
  const names = Array.from({ length: count }, (_, index) => 'n'.repeat(index === 0 ? rest - (count - 1) : 1));
  const input = (first: string) => ({
    jobId: 1,
    sequence: 0,
    algorithms: algorithmNames,
    records: names.map((name, entryId) => ({ entryId, name: entryId === 0 ? first : name })),
  });
  const full = writeBatch(input(names[0]!));
  expect(full).toHaveLength(maxBatchBytes);
  expect(openBatch(full).count).toBe(count);
  expect(() => writeBatch(input(`${names[0]}n`))).toThrow(expect.objectContaining({ code: 'BATCH_TOO_LARGE' }));
});
