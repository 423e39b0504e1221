import { readFileSync, statSync, truncateSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { holdsRecords, readRecords } from '#shared/records/block.ts';
import { temporaryFolder } from '../base/testing/temporary-folder.ts';
import { Journal, type JournalError } from './journal.ts';
import { systemFiles } from './journal-files.ts';
import { readJournalHeader, writeJournalHeader } from './journal-header.ts';
import { recoverJournal } from './recover.ts';

const header = { id: 7, kind: 'hash', startedAt: 1_600_000_000_000 } as const;
/** What a journal of this test holds before the first block. */
const beginBytes = writeJournalHeader(header).length;

/** The blocks of a journal's file, and nothing else that is in it. */
async function blocksOf(file: string): Promise<Uint8Array[]> {
  const opened = await systemFiles.open(file, 'read');
  const blocks: Uint8Array[] = [];
  const visitor = { block: (block: Uint8Array) => blocks.push(block.slice()), reset: () => undefined };
  const { length, fileLength } = await recoverJournal(opened, visitor);
  await opened.close();
  expect(length).toBe(fileLength);
  return blocks;
}

const batchOf = (sequence: number, name: string): Uint8Array =>
  writeBatch({ jobId: 7, sequence, algorithms: ['md5'], records: [{ entryId: sequence, name }] });

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(temporaryFolder(), 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

async function newJournal() {
  const journal = await Journal.create(path.join(temporaryFolder(), '1.hlj'), header);
  const failures: JournalError[] = [];
  journal.listen({ appended: () => undefined, failed: (error) => failures.push(error) });
  return { journal, failures };
}

test('batches lie as they are, and headers alone tell where each one ends', async () => {
  const { journal } = await newJournal();
  const batches = [batchOf(0, 'a'), batchOf(1, 'a longer name'), batchOf(2, 'c')];
  for (const batch of batches) journal.append(batch, () => undefined);
  await journal.finish();
  expect(await blocksOf(journal.path)).toEqual(batches);
});

test('a journal is readable by its owner alone', async () => {
  const { journal } = await newJournal();
  expect(statSync(journal.path).mode & 0o777).toBe(0o600);
});

test('a batch is released and counted only once it is in the file', async () => {
  const { journal } = await newJournal();
  const batch = batchOf(0, 'a');
  const before = statSync(journal.path).size;
  const released = new Promise<number>((resolve) => journal.append(batch, () => resolve(statSync(journal.path).size)));
  expect(journal.batches).toBe(0);
  expect(await released).toBe(before + batch.length);
  expect(journal.batches).toBe(1);
});

test('a batch is told of once it is in the file, and before its memory is given back', async () => {
  const { journal } = await newJournal();
  const told: string[] = [];
  journal.listen({
    appended: (sequence, bytes) => told.push(`${sequence} ${openBatch(bytes).name(0)} ${journal.batches}`),
    failed: () => undefined,
  });
  for (const [sequence, name] of ['a', 'b'].entries()) {
    const bytes = batchOf(sequence, name);
    journal.append(bytes, () => bytes.fill(0));
  }
  await journal.finish();
  expect(told).toEqual(['0 a 1', '1 b 2']);
});

test('a reader uses the memory that it is lent', async () => {
  const { journal } = await newJournal();
  journal.append(batchOf(0, 'a'), () => undefined);
  await journal.finish();
  const room = new Uint8Array(4096);
  const reader = journal.openReader();
  const bytes = await reader.read(0, () => room);
  await reader.close();
  expect(bytes.buffer).toBe(room.buffer);
  expect(openBatch(bytes).name(0)).toBe('a');
});

test('a reader gets any written batch, in any order, also while more are written', async () => {
  const { journal } = await newJournal();
  for (let sequence = 0; sequence < 50; sequence++)
    journal.append(batchOf(sequence, `file ${sequence}`), () => undefined);
  await vi.waitUntil(() => journal.batches > 3);
  const reader = journal.openReader();
  expect(openBatch(await reader.read(3)).name(0)).toBe('file 3');
  await journal.finish();
  expect(openBatch(await reader.read(49)).name(0)).toBe('file 49');
  expect(openBatch(await reader.read(0)).name(0)).toBe('file 0');
  await reader.close();
  expect(openBatch(await reader.read(7)).name(0), 'a closed reader opens again').toBe('file 7');
  await reader.close();
});

test('an unwritable file fails the journal once and still releases every batch', async () => {
  const { journal, failures } = await newJournal();
  const prototype = await fileHandlePrototype();
  const full = vi.spyOn(prototype, 'write').mockRejectedValue(Object.assign(new Error(), { code: 'ENOSPC' }));
  let released = 0;
  for (let sequence = 0; sequence < 4; sequence++) journal.append(batchOf(sequence, 'a'), () => released++);
  await journal.finish();
  full.mockRestore();
  journal.append(batchOf(4, 'a'), () => released++);
  expect(released).toBe(5);
  expect(journal.batches).toBe(0);
  expect(failures.map((failure) => failure.code)).toEqual(['JOURNAL_FULL']);
  expect(failures[0]!.message).toContain('no space is left on the device (ENOSPC)');
});

test('a system that writes only a part at a time loses nothing', async () => {
  const { journal } = await newJournal();
  const prototype = await fileHandlePrototype();
  const write = prototype.write;
  const partial = vi.spyOn(prototype, 'write').mockImplementation(function (this: FileHandle, ...given: unknown[]) {
    const [bytes, offset, length, position] = given as [Uint8Array, number, number, number];
    return Reflect.apply(write, this, [bytes, offset, Math.min(length, 11), position]) as never;
  });
  journal.append(batchOf(0, 'a'), () => undefined);
  await journal.finish();
  partial.mockRestore();
  expect(await blocksOf(journal.path)).toEqual([batchOf(0, 'a')]);
});

test.each([
  ['out of sequence', batchOf(1, 'a')],
  ['longer than it says', new Uint8Array([...batchOf(0, 'a'), 0])],
  ['without the magic', batchOf(0, 'a').fill(0, 0, 4)],
  ['shorter than a header', new Uint8Array(10)],
])('a batch that is %s is not written', async (_, batch) => {
  const { journal, failures } = await newJournal();
  journal.append(batch, () => undefined);
  await journal.finish();
  expect(failures.map((failure) => failure.code)).toEqual(['BATCH_CORRUPT']);
  expect(journal.batches).toBe(0);
});

test('a file that was cut short is reported as unreadable, and a removed one as removed', async () => {
  const { journal } = await newJournal();
  journal.append(batchOf(0, 'a'), () => undefined);
  await journal.finish();
  truncateSync(journal.path, 70);
  const reader = journal.openReader();
  await expect(reader.read(0)).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' });
  await journal.remove();
  await expect(reader.read(0)).rejects.toMatchObject({ code: 'JOURNAL_REMOVED' });
  await reader.close();
});

test('an existing file is never overwritten', async () => {
  const { journal } = await newJournal();
  await expect(Journal.create(journal.path, header)).rejects.toMatchObject({ code: 'EEXIST' });
});

test('records of a kind lie between batches, in blocks of at most 1 MiB', async () => {
  const { journal, failures } = await newJournal();
  journal.append(batchOf(0, 'a'), () => undefined);
  const records = Array.from({ length: 30 }, (_, entry) => ({ entry, text: 'x'.repeat(100_000) }));
  await journal.appendRecords(records);
  journal.append(batchOf(1, 'b'), () => undefined);
  await journal.finish();
  const reader = journal.openReader();
  const blocks = await Promise.all(Array.from({ length: journal.batches }, (_, sequence) => reader.read(sequence)));
  await reader.close();
  expect(failures).toEqual([]);
  expect(blocks.every((block) => block.length <= 1 << 20)).toBe(true);
  expect(blocks.map(holdsRecords)).toEqual([false, true, true, true, false]);
  const read = blocks.slice(1, -1).map(readRecords);
  expect(read.flatMap((block) => block.records)).toEqual(records);
  expect(read.map((block) => block.sequence)).toEqual([1, 2, 3]);
});

test('a task of several engine jobs numbers the batches of each', async () => {
  const { journal, failures } = await newJournal();
  const of = (jobId: number, sequence: number) =>
    writeBatch({ jobId, sequence, algorithms: ['md5'], records: [{ entryId: 0, name: 'a' }] });
  for (const [job, sequence] of [
    [7, 0],
    [8, 0],
    [7, 1],
    [8, 1],
  ] as const)
    journal.append(of(job, sequence), () => undefined);
  await journal.finish();
  expect(failures).toEqual([]);
  expect(journal.batches).toBe(4);
});

test('the header says whose the journal is, and a damaged one says nothing', async () => {
  const { journal } = await newJournal();
  await journal.finish();
  const bytes = readFileSync(journal.path);
  expect(readJournalHeader(bytes)).toEqual({ header, length: beginBytes });
  for (let index = 0; index < beginBytes; index++) {
    const damaged = Uint8Array.from(bytes);
    damaged[index]! ^= 1;
    expect(readJournalHeader(damaged), `byte ${index}`).toBeUndefined();
    expect(readJournalHeader(bytes.subarray(0, index))).toBeUndefined();
  }
});
