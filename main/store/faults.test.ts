/** Journals on a disk that fails: what was whole stays, what was not is cut off, and the job hears of it once. */
import { describe, expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { Journal, type JournalError } from './journal.ts';
import { type RecoveredJournal, recoverJournal } from './recover.ts';
import { type Faults, FaultyDisk } from './testing/faulty-disk.ts';

const header = { id: 7, kind: 'hash', startedAt: 1_600_000_000_000 } as const;
const file = 'a.hlj';
const totals = { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 };
const end = { state: 'finished', totals, outcome: null, failure: null, algorithms: ['md5'] } as const;

const batchOf = (sequence: number): Uint8Array =>
  writeBatch({
    jobId: 7,
    sequence,
    algorithms: ['md5'],
    records: Array.from({ length: 20 }, (_, n) => ({
      entryId: sequence * 20 + n,
      name: `folder/file ${sequence} ${n}`,
    })),
  });

async function names(disk: FaultyDisk): Promise<{ sequences: number[]; recovered: RecoveredJournal }> {
  let sequences: number[] = [];
  const recovered = await recoverJournal(await disk.open(file), {
    block: (block) => sequences.push(openBatch(block).sequence),
    reset: () => {
      sequences = [];
    },
  });
  return { sequences, recovered };
}

/** Writes `count` batches, one after the other, and seals. */
async function written(disk: FaultyDisk, count: number, syncMs = 60_000) {
  const failures: JournalError[] = [];
  const journal = await Journal.create(file, header, { files: disk, syncMs });
  journal.listen({ appended: () => undefined, failed: (error) => failures.push(error) });
  for (let sequence = 0; sequence < count; sequence++)
    await new Promise<void>((resolve) => journal.append(batchOf(sequence), resolve));
  return { journal, failures };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('a job that has ended is sealed with its counts and the digest of all before', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 3);
  await journal.seal(end);
  const { sequences, recovered } = await names(disk);
  expect(sequences).toEqual([0, 1, 2]);
  expect(recovered.seal).toMatchObject({ state: 'finished', blocks: 3 });
  expect(recovered.length).toBe(disk.contents(file).length);
});

describe.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'])('%s', (code) => {
  test.each(upTo(8))('at write %i stops the journal once, and what was written stays', async (at) => {
    const faults: Faults = { write: { at: at + 2, code } };
    const disk = new FaultyDisk(faults);
    const { journal, failures } = await written(disk, 8);
    const { batches } = journal;
    expect(batches).toBe(Math.min(at, 8));
    await journal.seal(end);
    expect(failures.map((failure) => failure.code)).toEqual(
      at < 8 ? [code === 'ENOSPC' || code === 'EDQUOT' ? 'JOURNAL_FULL' : 'JOURNAL_UNWRITABLE'] : [],
    );
    const { sequences, recovered } = await names(disk);
    expect(sequences).toEqual(upTo(batches));
    expect(recovered.seal).toBeNull();
    expect(recovered.length, 'half a frame is cut off at once').toBe(disk.contents(file).length);
  });
});

test('a failing fdatasync stops the journal, for nobody knows what is on the disk', async () => {
  const disk = new FaultyDisk({ sync: 1 });
  const { journal, failures } = await written(disk, 2, 1);
  await vi.waitUntil(() => failures.length > 0);
  expect(failures.map((failure) => failure.code)).toEqual(['JOURNAL_UNWRITABLE']);
  await journal.seal(end);
  expect((await names(disk)).recovered.seal).toBeNull();
});

test('what is written is synced within the interval, and at once at a change of state', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 1, 30);
  await vi.waitUntil(() => disk.syncs === 2);
  disk.losePower(file);
  expect((await names(disk)).sequences).toEqual([0]);
  const other = new FaultyDisk();
  const { journal: paused } = await written(other, 3);
  await paused.state('paused');
  other.losePower(file);
  const { sequences, recovered } = await names(other);
  expect(sequences).toEqual([0, 1, 2]);
  expect(recovered.seal).toBeNull();
  await Promise.all([journal.finish(), paused.finish()]);
});

test('without synced data nothing but the beginning is there, and it is a journal', async () => {
  const disk = new FaultyDisk();
  await written(disk, 5);
  disk.losePower(file);
  const { sequences, recovered } = await names(disk);
  expect(sequences).toEqual([]);
  expect(recovered.header).toEqual(header);
});

test('cut at any byte, a journal gives the batches that are whole', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 3);
  await journal.seal(end);
  const whole = disk.contents(file);
  const { recovered } = await names(disk);
  const ends = recovered.blocks.map(({ start, length }) => start + length);
  for (let length = recovered.blocks[0]!.start; length < whole.length; length += 7) {
    disk.put(file, whole.subarray(0, length));
    const { sequences, recovered: cut } = await names(disk);
    expect(sequences).toEqual(upTo(ends.filter((blockEnd) => blockEnd <= length).length));
    expect(cut.seal).toBeNull();
    expect(cut.length).toBeLessThanOrEqual(length);
  }
});

test('a journal in which any byte is another gives nothing that is not right', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 3);
  await journal.seal(end);
  const whole = disk.contents(file);
  const { recovered } = await names(disk);
  const begin = recovered.blocks[0]!.start;
  for (let at = begin; at < whole.length; at += 3) {
    const damaged = whole.slice();
    damaged[at]! ^= 0x10;
    disk.put(file, damaged);
    const { sequences, recovered: found } = await names(disk);
    expect(sequences).toEqual(upTo(sequences.length));
    expect(found.length).toBeLessThanOrEqual(at);
    expect(found.seal).toBeNull();
  }
});

test('after a power failure that kept blocks at random what is read is a beginning of what was written', async () => {
  for (let round = 0; round < 200; round++) {
    const disk = new FaultyDisk();
    const { journal } = await written(disk, 4);
    if (round % 2 === 0) await journal.state('paused');
    for (let sequence = 4; sequence < 8; sequence++) journal.append(batchOf(sequence), () => undefined);
    await vi.waitUntil(() => journal.batches === 8, { interval: 0 });
    let seed = round + 1;
    disk.losePower(file, () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed % 3 > 0;
    });
    const { sequences } = await names(disk);
    expect(sequences).toEqual(upTo(sequences.length));
    if (round % 2 === 0) expect(sequences.length).toBeGreaterThanOrEqual(4);
  }
});

test('a checkpoint that does not fit what comes before it takes that away, back to the last that does', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 2);
  await journal.seal(end);
  const other = new FaultyDisk();
  const first = { ...header, startedAt: header.startedAt + 1 };
  const otherJournal = await Journal.create(file, first, { files: other });
  for (let sequence = 0; sequence < 2; sequence++) otherJournal.append(batchOf(sequence), () => undefined);
  await otherJournal.seal(end);
  // The frames of one behind the header of the other: each is whole, and together they are nobody's.
  const { recovered } = await names(disk);
  const mixed = disk.contents(file).slice();
  mixed.set(other.contents(file).subarray(0, 64));
  disk.put(file, mixed);
  const { sequences, recovered: found } = await names(disk);
  expect(recovered.seal).not.toBeNull();
  expect(sequences).toEqual([]);
  expect(found.seal).toBeNull();
});

test('a journal that goes on has its torn tail cut off, and counts its batches from 0 again', async () => {
  const disk = new FaultyDisk();
  const { journal } = await written(disk, 2);
  await journal.finish();
  disk.put(file, Buffer.concat([disk.contents(file), batchOf(2).subarray(0, 100)]));
  const opened = await disk.open(file);
  const before = await recoverJournal(opened);
  expect(before.fileLength - before.length).toBe(100);
  const again = Journal.past(file, before, { files: disk });
  await again.goOn({ ...before, file: opened }, null);
  again.append(batchOf(0), () => undefined);
  await again.seal(end);
  const { sequences, recovered } = await names(disk);
  expect(sequences).toEqual([0, 1, 0]);
  expect(recovered.runs).toEqual([0, 2]);
  expect(recovered.seal).toMatchObject({ blocks: 3 });
});
