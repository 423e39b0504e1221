/** The fast ways of the reader against plain ones, and against bytes that nobody would send in good faith. */
import { expect, test } from 'vitest';
import { type AlgorithmName, algorithmNames, algorithms } from '../tables/algorithms.ts';
import { errorCodes } from '../tables/error-codes.ts';
import { statuses } from '../tables/statuses.ts';
import { toHex } from '../text/hex.ts';
import { wordsOf } from './batch-words.ts';
import { batchHeaderBytes, hotRecord, hotRecordBytes, recordFlags } from './layout.ts';
import { BatchError, type BatchView, openBatch } from './reader.ts';
import { type RecordInput, writeBatch } from './writer.ts';

/** Numbers from 0 to before `below`, the same in every run (a multiplicative congruence, Lehmer). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 0x7fffffff;
    return state % below;
  };
}

const names = ['a', 'sub/folder/file.txt', 'übermäßig/Ж.txt', '\u{1f600}', `${'long/'.repeat(200)}x`, 'bad\n\\"name'];

function randomRecord(
  random: (below: number) => number,
  entryId: number,
  chosen: readonly AlgorithmName[],
): RecordInput {
  const ok = random(3) > 0;
  const bytes = (length: number) => Uint8Array.from({ length }, () => random(256));
  return {
    entryId: entryId * 2 ** 20,
    name: random(5) === 0 ? bytes(1 + random(40)) : names[random(names.length)]!,
    size: random(2) * 2 ** 40 + random(1e9),
    modifiedNs: BigInt(random(2e9) - 1e9) * 1_000_000_000n + BigInt(random(1e9)),
    status: ok ? 'ok' : statuses[random(statuses.length)]!,
    error: ok ? 'NONE' : errorCodes[random(errorCodes.length)]!.code,
    errorText: random(4) === 0 ? 'Gerät antwortet nicht' : '',
    flags: random(256) & ~(1 | recordFlags.identity),
    root: random(65_536),
    hashTimeNs: random(2) * 2 ** 35 + random(1e9),
    digests: Object.fromEntries(
      chosen.map((name) => [name, bytes(algorithms.find((one) => one.name === name)!.digestLength)]),
    ),
  };
}

function randomBatch(seed: number): { bytes: Uint8Array; records: RecordInput[]; chosen: AlgorithmName[] } {
  const random = randomNumbers(seed);
  const chosen = algorithmNames.filter(() => random(6) === 0);
  const records = Array.from({ length: random(40) }, (_, index) => randomRecord(random, index, chosen));
  const bytes = writeBatch({ jobId: 2 ** 33 + seed, sequence: seed, algorithms: chosen, records });
  return { bytes, records, chosen };
}

const everything = (batch: BatchView) => ({
  ...{ jobId: batch.jobId, sequence: batch.sequence, count: batch.count, algorithms: batch.algorithms },
  records: Array.from({ length: batch.count }, (_, at) => ({
    ...{ entryId: batch.entryId(at), size: batch.size(at), modifiedNs: batch.modifiedNs(at) },
    ...{ modifiedMs: batch.modifiedMs(at), hashTimeNs: batch.hashTimeNs(at), status: batch.status(at) },
    ...{ flags: batch.flags(at), root: batch.root(at), error: batch.errorCode(at), errorText: batch.errorText(at) },
    ...{ name: batch.name(at), nameBytes: Array.from(batch.nameBytes(at)), leaf: batch.leafOffset(at) },
    digests: batch.algorithms.map((name) => [batch.digestText(at, name), batch.digest(at, name)]),
  })),
});

/** The same bytes at a place that no 32-bit number may lie at. */
function shifted(bytes: Uint8Array, by: number): Uint8Array {
  const moved = new Uint8Array(bytes.length + by).subarray(by);
  moved.set(bytes);
  return moved;
}

const plainHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const seeds = Array.from({ length: 60 }, (_, index) => 1 + index * 7919);

test('what was written is read', () => {
  for (const seed of seeds) {
    const { bytes, records, chosen } = randomBatch(seed);
    const batch = openBatch(bytes);
    expect(batch.algorithms).toEqual(chosen);
    records.forEach((record, at) => {
      expect(batch.entryId(at)).toBe(record.entryId);
      expect(batch.size(at)).toBe(record.size);
      expect(batch.modifiedNs(at)).toBe(record.modifiedNs);
      expect(Math.abs(batch.modifiedMs(at) - Number(record.modifiedNs! / 1000n) / 1000)).toBeLessThan(0.002);
      expect(batch.hashTimeNs(at)).toBe(record.hashTimeNs);
      expect(batch.status(at)).toBe(record.status);
      expect(batch.flags(at) & ~1).toBe(record.flags);
      expect(batch.root(at)).toBe(record.root);
      expect(batch.errorCode(at)).toBe(record.error);
      expect(batch.errorText(at)).toBe(record.errorText);
      if (typeof record.name === 'string') expect(batch.name(at)).toBe(record.name);
      for (const name of chosen) {
        const digest = record.status === 'ok' ? record.digests![name]! : null;
        expect(batch.digest(at, name)).toEqual(digest);
        expect(batch.digestText(at, name)).toBe(digest && plainHex(digest));
      }
    });
  }
});

test('a batch reads the same wherever it lies', () => {
  for (const seed of seeds) {
    const { bytes } = randomBatch(seed);
    const expected = everything(openBatch(bytes));
    for (const by of [1, 2, 3, 4]) expect(everything(openBatch(shifted(bytes, by)))).toEqual(expected);
    expect(everything(openBatch(bytes).copyTo(shifted(new Uint8Array(bytes.length + 9), 1)))).toEqual(expected);
  }
});

test('words in place are those that are put together of bytes', () => {
  const bytes = randomBatch(4242).bytes;
  expect(wordsOf(bytes, false)).toEqual(wordsOf(bytes));
  expect(wordsOf(bytes).buffer).toBe(bytes.buffer);
  expect(wordsOf(shifted(bytes, 1))).toEqual(wordsOf(bytes));
});

test('no byte that is changed lets a reader leave the batch', () => {
  const random = randomNumbers(99);
  let refused = 0;
  for (const seed of seeds) {
    const { bytes } = randomBatch(seed);
    for (let attempt = 0; attempt < 50; attempt++) {
      const damaged = bytes.slice();
      const hot = Math.min(damaged.length, batchHeaderBytes + hotRecordBytes * 3);
      for (let flips = 1 + random(3); flips > 0; flips--) damaged[random(hot)] = random(256);
      try {
        for (const record of everything(openBatch(damaged, { checksum: false })).records) {
          expect(Object.values(record)).not.toContain(undefined);
          for (const [, digest] of record.digests) {
            if (digest instanceof Uint8Array) expect(digest.length).toBeGreaterThan(0);
          }
        }
      } catch (error) {
        expect(error).toBeInstanceOf(BatchError);
        refused++;
      }
    }
  }
  expect(refused).toBeGreaterThan(100);
});

test.each(['nameOffset', 'nameLength', 'leafOffset', 'errorTextOffset', 'errorTextLength', 'digestOffset'] as const)(
  'a record whose %s leads outside is refused, the last one too',
  (field) => {
    const records = [0, 1].map((entryId) => ({ entryId, name: 'name', errorText: 'text' }));
    const bytes = writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records });
    for (const record of [0, 1]) {
      const damaged = bytes.slice();
      const at = batchHeaderBytes + record * hotRecordBytes + hotRecord[field][0];
      new DataView(damaged.buffer).setUint32(at, 0xffffffff, true);
      expect(() => openBatch(damaged, { checksum: false })).toThrow(expect.objectContaining({ code: 'BATCH_CORRUPT' }));
    }
  },
);

test('hex is two letters a byte, however many there are', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 7) & 0xff);
  for (const length of [0, 1, 16, 20, 63, 64, 65, 128, 300]) {
    expect(toHex(bytes.subarray(0, length))).toBe(plainHex(bytes.subarray(0, length)));
    expect(toHex(bytes, 3, Math.max(3, length))).toBe(plainHex(bytes.subarray(3, Math.max(3, length))));
  }
});
