import { expect, test } from 'vitest';
import { gatherBatch } from './gather.ts';
import { KnownFiles } from './known-files.ts';
import { recordFlags } from './layout.ts';
import { halfSipHash, NameHash } from './name-hash.ts';
import { NameIndex } from './name-index.ts';
import { openBatch } from './reader.ts';
import { type RecordInput, writeBatch } from './writer.ts';

const identity = { changedNs: 1_700_000_000_000_000_001n, inode: 2n ** 40n + 5n };
const record: RecordInput = { entryId: 0, name: 'folder/file', size: 5, modifiedNs: 17n, identity, root: 3 };

const batchOf = (...records: Partial<RecordInput>[]) =>
  openBatch(
    writeBatch({
      jobId: 1,
      sequence: 0,
      algorithms: ['md5'],
      records: records.map((changes, entryId) => ({ ...record, entryId, ...changes })),
    }),
  );

/** The tables of two that took in one file each are the same just when the engine takes one file for the other. */
function isTakenFor(a: Partial<RecordInput>, b: Partial<RecordInput>): boolean {
  const tables = [a, b].map((changes) => {
    const known = new KnownFiles([1, 2, 3, 4]);
    known.add(batchOf(changes), 0);
    return Buffer.from(known.table().table);
  });
  return tables[0]!.equals(tables[1]!);
}

test.each([
  [0, '218d1f59b9b83cc8'],
  [1, 'be552412f8387315'],
  [2, '064f39ef7c50eb57'],
])('HalfSipHash of %i bytes is what its authors publish', (length, expected) => {
  const message = Uint8Array.from({ length }, (_, at) => at);
  const words = halfSipHash(0x03020100, 0x07060504, message);
  expect(Buffer.from(Uint32Array.from(words).buffer).toString('hex')).toBe(expected);
});

test('a file is known by name, root, size, both times and inode, and by nothing else', () => {
  expect(isTakenFor({}, { entryId: 7, flags: recordFlags.hardLink, hashTimeNs: 9 })).toBe(true);
  const others: Partial<RecordInput>[] = [
    { name: 'folder/filf' },
    { name: 'folder/file ' },
    { root: 4 },
    { size: 6 },
    { modifiedNs: 18n },
    { identity: { ...identity, changedNs: identity.changedNs + 1n } },
    { identity: { ...identity, inode: identity.inode + 1n } },
  ];
  for (const other of others)
    expect(
      isTakenFor({}, other),
      JSON.stringify(other, (_, v) => String(v)),
    ).toBe(false);
});

test('a record that does not say which file it is of is never known again', () => {
  const known = new KnownFiles([1, 2, 3, 4]);
  const { identity: _, ...without } = record;
  known.add(openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records: [without] })), 0);
  expect(known.count).toBe(0);
});

test('a hundred thousand names are found again, each with its result, and no other', () => {
  const names = new NameIndex();
  const hash = new NameHash([5, 6, 7, 8]);
  const files = (prefix: string) =>
    Array.from({ length: 1_000 }, (_, group) =>
      batchOf(...Array.from({ length: 100 }, (_, n) => ({ name: `${prefix}/${group}/${n}` }))),
    );
  files('a').forEach((batch, block) => {
    for (let index = 0; index < batch.count; index++) {
      const { low, high } = hash.name(batch, index);
      names.set(low, high, { block, index, statusNumber: index % 11, size: index * 2 ** 36 + block });
    }
  });
  expect(names.count).toBe(100_000);
  files('a').forEach((batch, block) => {
    for (let index = 0; index < batch.count; index += 7) {
      const { low, high } = hash.name(batch, index);
      expect(names.get(low, high)).toEqual({ block, index, statusNumber: index % 11, size: index * 2 ** 36 + block });
    }
  });
  for (const batch of files('b')) {
    for (let index = 0; index < batch.count; index++) {
      const { low, high } = hash.name(batch, index);
      expect(names.get(low, high)).toBeUndefined();
    }
  }
});

test('identities stay with their records when these are gathered anew', () => {
  const batch = batchOf({}, { name: 'b', identity: { changedNs: 3n, inode: 4n } });
  const gathered = openBatch(
    gatherBatch(
      [
        { batch, index: 1 },
        { batch, index: 0 },
      ],
      0,
    ),
  );
  const [before, after] = [new Uint8Array(32), new Uint8Array(32)];
  for (const [to, from] of [
    [0, 1],
    [1, 0],
  ] as const) {
    batch.identityInto(from, before);
    gathered.identityInto(to, after);
    expect(after).toEqual(before);
  }
});
