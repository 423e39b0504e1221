import { expect, test } from 'vitest';
import { holdsRecords, maxRecordsBytes, RecordsBuilder, RecordsError, readRecords } from './block.ts';

const blockOf = (...records: unknown[]) => {
  const builder = new RecordsBuilder();
  for (const record of records) builder.add(record);
  return builder.take(2 ** 50 + 1, 7);
};

test('records come back as they were, with the job and the number of their block', () => {
  const records = [{ path: 'a\u0000b', status: 'ok' }, null, 'ü', [1, 2]];
  expect(readRecords(blockOf(...records))).toEqual({ jobId: 2 ** 50 + 1, sequence: 7, records });
});

test('a block is known by its first bytes', () => {
  expect(holdsRecords(blockOf(1))).toBe(true);
  expect(holdsRecords(new TextEncoder().encode('HLB1'))).toBe(false);
});

test('every changed byte and every cut is noticed', () => {
  const block = blockOf({ path: 'a' }, { path: 'b' });
  for (let index = 0; index < block.length; index++) {
    const damaged = block.slice();
    damaged[index]! ^= 1;
    if (index >= 28 && index < 32) continue;
    expect(() => readRecords(damaged), `byte ${index}`).toThrow(RecordsError);
    expect(() => readRecords(block.subarray(0, index))).toThrow(RecordsError);
  }
});

test('a full block takes no more, and a record that fits none is refused', () => {
  const builder = new RecordsBuilder();
  const text = 'x'.repeat(maxRecordsBytes - 32 - 4 - 2);
  expect(builder.add(text)).toBe(true);
  expect(builder.add('')).toBe(false);
  expect(builder.take(1, 0)).toHaveLength(maxRecordsBytes);
  expect(() => builder.add(`${text}x`)).toThrow(RecordsError);
});
