import { expect, test } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { WalkOrder } from './walk-order.ts';

/** What comes out when `batches` of entry ids come in; each batch's bytes are destroyed after it was accepted. */
function emitted(batches: readonly (readonly number[])[]): string[] {
  const names: string[] = [];
  const order = new WalkOrder((batch, start, end) => {
    for (let index = start; index < end; index++) names.push(batch.name(index));
  });
  batches.forEach((ids, sequence) => {
    const records = ids.map((entryId) => ({ entryId, name: `entry ${entryId}` }));
    const bytes = writeBatch({ jobId: 1, sequence, algorithms: ['md5'], records });
    order.accept(openBatch(bytes));
    bytes.fill(0xee);
  });
  return names;
}

const entries = (count: number): string[] => Array.from({ length: count }, (_, n) => `entry ${n}`);

test('what comes in order goes out at once', () => {
  expect(emitted([[0, 1], [2]])).toEqual(entries(3));
});

test('what comes early waits for its turn, though its slab is gone', () => {
  expect(emitted([[3, 5], [4, 1], [2], [0]])).toEqual(entries(6));
});

test('nothing goes out before the first entry has come', () => {
  expect(emitted([[1, 2, 3]])).toEqual([]);
});

test('runs of consecutive entries and single ones go together', () => {
  expect(emitted([[7, 8, 9, 1, 2], [20, 3], [5, 6, 4], [0], [15, 16, 17, 18, 19, 10, 11, 12, 13, 14]])).toEqual(
    entries(21),
  );
});

test('what waits in long batches keeps its bytes, though the memory of others is used again', () => {
  // Long enough for copies to lie in pooled memory.
  const range = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, n) => first + n);
  const backwards = [5, 4, 3, 2, 1, 0].map((n) => range(n * 1000, n * 1000 + 1000));
  expect(emitted(backwards)).toEqual(entries(6000));
  // The first run of the first batch is out, its second still waits, when another batch is copied.
  const partly = [[...range(1000, 1500), ...range(3000, 3500)], range(0, 1000), range(5000, 6000)];
  expect(emitted([...partly, range(1500, 3000), range(3500, 5000)])).toEqual(entries(6000));
});

test('any order of arrival gives the order of the walk', () => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 50; round++) {
    const ids = Array.from({ length: 200 }, (_, n) => n);
    for (let at = ids.length - 1; at > 0; at--) {
      const other = random(at + 1);
      [ids[at], ids[other]] = [ids[other]!, ids[at]!];
    }
    const batches: number[][] = [];
    while (ids.length > 0) batches.push(ids.splice(0, 1 + random(20)));
    expect(emitted(batches)).toEqual(entries(200));
  }
});

test('an entry that comes twice is an error, for one of the two must be wrong', () => {
  expect(() => emitted([[0, 1], [1]])).toThrow('two results for entry 1');
  expect(() => emitted([[2], [2]])).toThrow('two results for entry 2');
  expect(() => emitted([[0, 1, 2, 3], [2]])).toThrow('two results for entry 2');
});
