import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeBatch } from '#shared/batch/writer.ts';
import { defaultWalk } from '#shared/jobs/walk-options.ts';
import { temporaryFolder } from '../base/testing/temporary-folder.ts';
import { History } from './history.ts';
import type { Journal, SealedEnd } from './journal.ts';
import { systemFiles } from './journal-files.ts';
import { JournalFolder } from './journal-folder.ts';

const totals = { files: 3, bytes: 30, ok: 2, failed: 1, skipped: 0, elapsedMs: 5 };
const end: SealedEnd = { state: 'finished', totals, outcome: null, failure: null, algorithms: ['md5'] };
const walk = defaultWalk;
const spec = { kind: 'hash' as const, sources: [], algorithms: ['md5' as const], walk };
const all = { offset: 0, limit: 100, unfinished: false };

async function world() {
  const folder = JournalFolder.open(temporaryFolder());
  const job = (name: string): Promise<Journal> => {
    const roots = [{ path: Buffer.from(name).toString('base64'), kind: 'folder', name, size: null } as const];
    return folder.create({ kind: 'hash', spec, roots, resumable: true });
  };
  const sealed = async (name: string, changes: Partial<SealedEnd> = {}) => {
    const journal = await job(name);
    await journal.seal({ ...end, ...changes });
    return journal.header.id;
  };
  return { folder: folder.path, history: new History(folder.path), job, sealed };
}

test('a list tells each job from the beginning and the end of its journal, the newest first', async () => {
  const { history, job, sealed } = await world();
  const first = await sealed('/a', { outcome: { verdict: 'failed', counts: { changed: 1 } } });
  const second = await job('/b');
  const third = await job('/c');
  await third.finish();
  const { entries, total } = await history.list(all);
  expect(total).toBe(3);
  expect(entries).toMatchObject([
    { id: third.header.id, state: 'interrupted', resumable: true, endedAt: null, totals: null, algorithms: ['md5'] },
    { id: second.header.id, state: 'running', resumable: false },
    { id: first, state: 'finished', totals, outcome: { verdict: 'failed' }, roots: { count: 1, first: '/a' } },
  ]);
  expect(await history.list({ ...all, unfinished: true })).toMatchObject({
    total: 1,
    entries: [{ id: third.header.id }],
  });
  expect((await history.list({ ...all, offset: 1, limit: 1 })).entries.map((entry) => entry.id)).toEqual([
    second.header.id,
  ]);
  await second.finish();
});

test('jobs that have ended are listed without opening their journals, also by another process', async () => {
  const { folder, history, sealed } = await world();
  const ids = [await sealed('/a'), await sealed('/b')];
  await history.list(all);
  const open = vi.spyOn(systemFiles, 'open');
  try {
    expect((await new History(folder).list(all)).entries.map((entry) => entry.id)).toEqual(ids.reverse());
    expect(open).not.toHaveBeenCalled();
  } finally {
    open.mockRestore();
  }
});

test('an index that is lost, cut or damaged is made again from the journals', async () => {
  const { folder, history, sealed } = await world();
  await sealed('/a');
  await sealed('/b');
  const { entries } = await history.list(all);
  const index = path.join(folder, 'history.jsonl');
  for (const damage of [
    () => rmSync(index),
    () => writeFileSync(index, readFileSync(index).subarray(0, 150)),
    () => writeFileSync(index, 'nonsense\n{"id":1}\nnull\n'),
    () => appendFileSync(index, '{"id":'),
  ]) {
    damage();
    expect((await new History(folder).list(all)).entries).toEqual(entries);
    expect((await history.list(all)).entries).toEqual(entries);
  }
});

test('what is no journal, or cannot be read, is no job', async () => {
  const { folder, history, sealed } = await world();
  const id = await sealed('/a');
  writeFileSync(path.join(folder, '00000000001.hlj'), 'x'.repeat(100));
  writeFileSync(path.join(folder, '00000000002.hlj'), '');
  mkdirSync(path.join(folder, '00000000003.hlj'));
  writeFileSync(path.join(folder, 'notes.hlj'), '');
  expect((await history.list(all)).entries.map((entry) => entry.id)).toEqual([id]);
});

test('names and what is kept outlive the index, and go with the job', async () => {
  const { folder, history, sealed } = await world();
  const id = await sealed('/a');
  await history.label({ id, name: 'Photos' });
  await history.label({ id, keep: true });
  rmSync(path.join(folder, 'history.jsonl'), { force: true });
  expect(await new History(folder).entry(id)).toMatchObject({ name: 'Photos', keep: true });
  await history.label({ id, name: null });
  expect(await history.entry(id)).toMatchObject({ name: null, keep: true });
  expect(await history.delete([id])).toEqual([id]);
  expect(await history.entry(id)).toBeUndefined();
  expect(readFileSync(path.join(folder, 'labels.json'), 'utf8')).toBe('{}');
});

test('limits delete the oldest, and nothing that is kept or can go on', async () => {
  const { history, job, sealed } = await world();
  const kept = await sealed('/kept');
  await history.label({ id: kept, keep: true });
  const interrupted = await job('/interrupted');
  await interrupted.finish();
  const old = await sealed('/old');
  const large = await job('/large');
  const records = Array.from({ length: 7_000 }, (_, entryId) => ({
    entryId,
    name: `a long name for a file ${entryId}`,
  }));
  const batch = writeBatch({ jobId: large.header.id, sequence: 0, algorithms: ['md5'], records });
  large.append(batch, () => undefined);
  await large.seal(end);
  const left = async () => (await history.list(all)).entries.map((entry) => entry.id);
  expect(await history.enforce({ days: null, mebibytes: null })).toEqual([]);
  expect(await history.enforce({ days: 1, mebibytes: 1 })).toEqual([]);
  // Half a megabyte more, and a day later.
  const more = await job('/more');
  more.append(writeBatch({ jobId: more.header.id, sequence: 0, algorithms: ['md5'], records }), () => undefined);
  await more.seal(end);
  expect(await history.enforce({ days: null, mebibytes: 1 })).toEqual([old, large.header.id]);
  expect(await left()).toEqual([more.header.id, interrupted.header.id, kept]);
  const spare = (id: number): boolean => id === more.header.id;
  expect(await history.enforce({ days: 1, mebibytes: null }, { now: Date.now() + 2 * 86_400_000, spare })).toEqual([]);
  expect(await history.enforce({ days: 1, mebibytes: null }, { now: Date.now() + 2 * 86_400_000 })).toEqual([
    more.header.id,
  ]);
  expect(await left()).toEqual([interrupted.header.id, kept]);
});

test('a job that goes on is unfinished again, whatever the index says', async () => {
  const { folder, history, sealed } = await world();
  const id = await sealed('/a', { state: 'cancelled' });
  expect(await history.entry(id)).toMatchObject({ state: 'cancelled', resumable: true });
  const { resumeStored } = await import('./stored-job.ts');
  await history.goesOn(id);
  const { journal } = await resumeStored(history.journalOf(id));
  expect(await new History(folder).entry(id)).toMatchObject({ state: 'running', resumable: false });
  await journal.finish();
  expect(await new History(folder).entry(id)).toMatchObject({ state: 'interrupted', resumable: true });
});
