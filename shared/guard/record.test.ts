import { describe, expect, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import { dueEntries } from './plan.ts';
import { GuardRecord, type RecordEntry } from './record.ts';
import { endText, entryText, headerText, RecordError, RecordReader } from './record-text.ts';

const header = {
  id: '01J0000000000000',
  root: Uint8Array.from([0x2f, 0x61, 0x0a, 0xff]),
  algorithm: 'sha256',
  identity: { device: '1', inode: '2', volumeNs: '0', bornNs: '3' },
  createdMs: 1_700_000_000_000,
} as const;

const entry = (path: string, more: Partial<RecordEntry> = {}): RecordEntry => ({
  path: Buffer.from(path, 'latin1'),
  size: 10,
  modifiedNs: 1_700_000_000_123_456_789n,
  digest: new Uint8Array(32).fill(7),
  checkedMs: 1_700_000_000_000,
  isDamaged: false,
  ...more,
});

const sum = 'a'.repeat(64);

function text(entries: readonly RecordEntry[]): Buffer {
  return Buffer.concat([headerText(header), ...entries.map(entryText), endText(entries.length, sum)]);
}

function read(bytes: Uint8Array, sha256 = sum): GuardRecord {
  const reader = new RecordReader(() => sha256);
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    reader.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return reader.finish();
}

test('a record is read as it was written, whatever the names', () => {
  const entries = ['a', 'b c', 'd\ne', 'f\\g\r', '\xff\xfe', '#x', '  ', '*y'].map((name, at) =>
    entry(name, { isDamaged: at % 2 === 1, modifiedNs: BigInt(at) - 3n }),
  );
  const record = read(text(entries));
  expect(record.header).toEqual({ ...header, root: Uint8Array.from(header.root) });
  expect(Array.from(record.sorted().sort(), (number) => record.entry(number))).toEqual(
    entries.map((one) => ({ ...one, path: Uint8Array.from(one.path) })),
  );
});

describe('a record that was damaged is refused', () => {
  const good = text([entry('a'), entry('b')]).toString('latin1');
  test.each([
    ['cut off', good.slice(0, -10)],
    ['without its end', good.replace(/# end.*\n/, '')],
    ['with another count', good.replace('# end 2', '# end 3')],
    ['with something behind its end', `${good}# more\n`],
    ['of another format', good.replace('format 1', 'format 2')],
    ['with a name twice', good.replace('  b\n', '  a\n')],
    ['with a short digest', good.replace('0707', '07')],
    ['with unknown states', good.replace(' ok\n', ' fine\n')],
    ['without the facts of an entry', good.replace(/#@.*\n/, '')],
    ['with an unknown algorithm', good.replace('sha256', 'rot13')],
  ])('%s', (_, damaged) => {
    expect(() => read(Buffer.from(damaged, 'latin1'))).toThrow(RecordError);
  });

  test('with a digest of another text', () => {
    expect(() => read(Buffer.from(good, 'latin1'), 'b'.repeat(64))).toThrow('the digest of what comes before');
  });
});

const day = 86_400_000;

function recordOf(ages: readonly number[], now: number): GuardRecord {
  const record = new GuardRecord(header);
  for (const [at, age] of ages.entries()) {
    record.set(entry(String(at), { checkedMs: now - age * day, size: 100 }));
  }
  return record;
}

describe('what is due', () => {
  const now = 2_000_000_000_000;
  test('is everything, oldest first, where nothing is said', () => {
    expect([...dueEntries(recordOf([1, 9, 5], now), {}, now)]).toEqual([1, 2, 0]);
  });
  test('is what is older', () => {
    expect([...dueEntries(recordOf([1, 9, 5], now), { olderThanMs: 5 * day }, now)]).toEqual([1, 2]);
  });
  test('is a share of the bytes, and at least one file', () => {
    expect([...dueEntries(recordOf([1, 9, 5, 2], now), { percent: 50 }, now)]).toEqual([1, 2]);
    expect([...dueEntries(recordOf([1, 9, 5, 2], now), { percent: 1 }, now)]).toEqual([1]);
    expect([...dueEntries(recordOf([1, 9, 5, 2], now), { maxBytes: 300 }, now)]).toEqual([1, 2, 3]);
  });
  test('is what was damaged before anything else, however lately it was checked', () => {
    const record = recordOf([1, 9, 5], now);
    record.setDamaged(0, now);
    expect([...dueEntries(record, { olderThanMs: 6 * day }, now)]).toEqual([0, 1]);
  });
});

test('coverage is the share of the bytes that was read lately', () => {
  const now = 2_000_000_000_000;
  expect(coverageOf(recordOf([1, 9, 100], now), now)).toMatchObject({ days: 90, files: 3, percent: 66.6 });
  expect(coverageOf(new GuardRecord(header), now)).toMatchObject({ percent: 100, oldestCheckMs: null });
});

test('an entry that was removed is found no more, and can be set again', () => {
  const record = recordOf([1, 2], 0);
  record.remove(record.find(Buffer.from('0')));
  expect(record.find(Buffer.from('0'))).toBe(-1);
  expect(record.count).toBe(1);
  record.set(entry('0'));
  expect(record.count).toBe(2);
});
