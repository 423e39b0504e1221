import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { spec } from '../../engine/testing/world.ts';
import { Journal } from '../../store/journal.ts';
import { systemFiles } from '../../store/journal-files.ts';
import { recoverJournal } from '../../store/recover.ts';
import { sortedResults } from './sorted-results.ts';

const header = { id: 7, kind: 'hash', startedAt: 0 } as const;

/** A journal with these names, a few to a batch, and records of a kind between them. */
async function journalOf(names: readonly (string | Uint8Array)[], root = (_name: string | Uint8Array) => 0) {
  const journal = await Journal.create(path.join(temporaryFolder(), '1.hlj'), header);
  for (let at = 0, sequence = 0; at < names.length; at += 3, sequence++) {
    const records = names.slice(at, at + 3).map((name, index) => ({ entryId: at + index, name, root: root(name) }));
    journal.append(writeBatch({ jobId: 7, sequence, algorithms: ['md5'], records }), () => undefined);
  }
  await journal.appendRecords([{ kind: 'other' }]);
  await journal.finish();
  return journal;
}

async function sortedNames(journal: Journal, groupBytes?: number): Promise<string[]> {
  const names: string[] = [];
  for await (const batch of sortedResults(journal, journal.batches, groupBytes)) {
    openBatch(batch.bytes);
    for (let index = 0; index < batch.count; index++) {
      names.push(Buffer.from(batch.nameBytes(index)).toString('latin1'));
    }
  }
  return names;
}

/** The same order every time, as a shuffle. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state;
  };
  return values
    .map((value) => ({ value, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

test('what a folder holds comes before its next sibling, names in byte order', async () => {
  const walked = ['/d/a', '/d/a/x', '/d/a/y/z', '/d/a.txt', '/d/a0', '/d/b', '/d/\xff'].map((name) =>
    Buffer.from(name, 'latin1'),
  );
  const expected = walked.map((name) => name.toString('latin1'));
  for (let seed = 1; seed < 6; seed++) {
    expect(await sortedNames(await journalOf(shuffled(walked, seed)))).toEqual(expected);
  }
});

test('the roots come in their order, whatever they are called', async () => {
  const journal = await journalOf(['/a/1', '/z/1', '/a/0', '/z/0'], (name) => (String(name).startsWith('/z') ? 0 : 1));
  expect(await sortedNames(journal)).toEqual(['/z/0', '/z/1', '/a/0', '/a/1']);
});

test('results that do not fit into memory come in the same order, and leave no file behind', async () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `/d/${n % 17}/file ${n}`);
  const journal = await journalOf(shuffled(names, 9));
  const whole = await sortedNames(journal);
  expect(new Set(whole).size).toBe(names.length);
  for (const groupBytes of [1, 20_000, 300_000]) expect(await sortedNames(journal, groupBytes)).toEqual(whole);
  expect(readdirSync(path.dirname(journal.path))).toEqual([path.basename(journal.path)]);
});

test('whoever stops in the middle leaves no file behind', async () => {
  const journal = await journalOf(Array.from({ length: 100 }, (_, n) => `/d/${n}`));
  for await (const _batch of sortedResults(journal, journal.batches, 1_000)) break;
  expect(readdirSync(path.dirname(journal.path))).toEqual([path.basename(journal.path)]);
});

test('the order is the one in which the engine walks', async () => {
  const folder = temporaryFolder();
  for (const name of ['a/x', 'a/y/z', 'a.txt', 'a-b/c', 'B', 'é', 'a0/k', '.hidden']) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), name);
  }
  const engine = loadEngine({ threads: 2 });
  try {
    const journal = await Journal.create(path.join(temporaryFolder(), '1.hlj'), header);
    const entries: [number, string][] = [];
    const job = engine.start({
      ...spec([folder]),
      onBatch(bytes, release) {
        const batch = openBatch(bytes);
        for (let index = 0; index < batch.count; index++) entries.push([batch.entryId(index), batch.name(index)]);
        journal.append(bytes, release);
      },
    });
    await job.done;
    await journal.finish();
    const walked = entries.sort(([a], [b]) => a - b).map(([, name]) => Buffer.from(name).toString('latin1'));
    expect(walked).toHaveLength(8);
    expect(await sortedNames(journal)).toEqual(walked);
  } finally {
    await engine.close();
  }
});

test.each([1, 1 << 25])(
  'a name has the result of the last run that gave one, in groups of %i bytes',
  async (groupBytes) => {
    const file = path.join(temporaryFolder(), '1.hlj');
    const journal = await Journal.create(file, header);
    const append = (sequence: number, records: Parameters<typeof writeBatch>[0]['records']): void =>
      journal.append(writeBatch({ jobId: 7, sequence, algorithms: ['md5'], records }), () => undefined);
    append(0, [
      { entryId: 0, name: 'a', size: 1 },
      { entryId: 1, name: 'b', size: 1 },
      { entryId: 2, name: 'c', status: 'cancelled', error: 'CANCELLED' },
      { entryId: 3, name: 'd', status: 'cancelled', error: 'CANCELLED' },
      { entryId: 4, name: 'twice', root: 0xffff },
      { entryId: 5, name: 'twice', root: 0xffff },
    ]);
    await journal.finish();
    const opened = await systemFiles.open(file, 'write');
    await journal.goOn({ ...(await recoverJournal(opened)), file: opened }, null);
    append(0, [
      { entryId: 0, name: 'b', size: 2 },
      { entryId: 1, name: 'c', size: 2 },
      { entryId: 2, name: 'b', root: 1 },
      { entryId: 3, name: 'e', status: 'cancelled', error: 'CANCELLED' },
    ]);
    await journal.finish();
    const told: string[] = [];
    for await (const batch of sortedResults(journal, journal.batches, groupBytes)) {
      for (let at = 0; at < batch.count; at++)
        told.push(`${batch.root(at)} ${batch.name(at)} ${batch.size(at)} ${batch.status(at)}`);
    }
    expect(told).toEqual([
      '0 a 1 ok',
      '0 b 2 ok',
      '0 c 2 ok',
      '0 e 0 cancelled',
      '1 b 0 ok',
      '65535 twice 0 ok',
      '65535 twice 0 ok',
    ]);
  },
);
