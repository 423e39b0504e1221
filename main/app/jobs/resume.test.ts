/** Jobs that outlive their process: in the history, opened, gone on with, deleted. */
import { appendFileSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { createApp } from '../app.ts';
import { FakeWindow } from '../testing/world.ts';

/** One run of the program on a data folder. */
function program(engine: Engine, dataFolder: string) {
  const errors: unknown[] = [];
  const services = { kind: 'web', acceptsTypedPaths: true, logError: (error: unknown) => errors.push(error) } as const;
  const app = createApp({ engine, dataFolder, services, version: '1.2.3' });
  onTestFinished(() => app.close());
  const client = createRouterClient(app.router, { context: { windowId: 'w' } });
  const start = async (...paths: string[]) => {
    const sources = await app.grant(paths);
    const ids = sources.map((source) => source.id);
    return client.jobs.start({ kind: 'hash', sources: ids, algorithms: ['md5'], walk: defaultSettings.walk });
  };
  const job = async (id: number) => (await client.jobs.list()).find((one) => one.id === id)!;
  const ended = (id: number) =>
    vi.waitUntil(async () => {
      const now = await job(id);
      return !['running', 'paused', 'cancelling'].includes(now.state) && now;
    });
  /** The names that a window ends up with, less those that it is told to leave out. */
  const table = async (id: number): Promise<string[]> => {
    const window = new FakeWindow();
    app.attachBytes('w', window);
    window.ask({ kind: 'subscribe', jobId: id, sequence: 0 });
    const { batches } = await job(id);
    for (let count = 1; count <= batches; count++) {
      await window.frameCount(count);
      window.ask({ kind: 'acknowledge' });
    }
    const gone = new Set((await client.results.replaced({ id })).map(({ batch, entry }) => `${batch} ${entry}`));
    return window.frames
      .flatMap((frame, block) => {
        const batch = openBatch(frame);
        return Array.from({ length: batch.count }, (_, at) =>
          gone.has(`${block} ${batch.entryId(at)}`) ? [] : [`${path.basename(batch.name(at))} ${batch.status(at)}`],
        ).flat();
      })
      .sort();
  };
  return { app, client, start, job, ended, table, errors };
}

test('a job that its process left unfinished is offered, and goes on where it stood', async () => {
  const data = temporaryFolder();
  const engine = new FakeEngine();
  const first = program(engine, data);
  const { id } = await first.start('/somewhere/a', '/somewhere/b');
  engine.jobs[0]!.emit([
    { name: '/somewhere/a/1', size: 10, identity: { changedNs: 1n, inode: 2n } },
    { name: '/somewhere/a/2', size: 20, identity: { changedNs: 1n, inode: 3n } },
    { name: '/somewhere/a/3', status: 'cancelled', error: 'CANCELLED' },
  ]);
  await vi.waitUntil(async () => (await first.job(id)).batches === 1);
  expect(await first.client.history.list({})).toMatchObject({ entries: [{ id, state: 'running', resumable: false }] });
  await first.app.close();

  const second = program(engine, data);
  expect(await second.client.jobs.list()).toEqual([]);
  const { entries, total } = await second.client.history.list({ unfinished: true });
  expect(total).toBe(1);
  expect(entries[0]).toMatchObject({ id, state: 'interrupted', roots: { count: 2, first: '/somewhere/a' } });
  await second.client.jobs.resume({ id });
  const again = engine.jobs[1]!;
  expect(again.id).toBe(id);
  expect(again.spec.roots.map((root) => Buffer.from(root).toString())).toEqual(['/somewhere/a', '/somewhere/b']);
  expect(again.spec.known).toBeDefined();
  const running = await second.job(id);
  expect(running).toMatchObject({
    state: 'running',
    resumed: { runs: 2, known: 2, reread: 0, appeared: 0 },
    totals: { files: 2, bytes: 30, ok: 2, failed: 0 },
    sources: [{ path: '/somewhere/a' }, { path: '/somewhere/b' }],
  });
  // The second file has changed; the third was not finished.
  again.emit([
    { name: '/somewhere/a/2', size: 25, identity: { changedNs: 9n, inode: 3n } },
    { name: '/somewhere/a/3', size: 30, identity: { changedNs: 1n, inode: 4n } },
  ]);
  again.finish({ bytes: 55 });
  const end = await second.ended(id);
  expect(end).toMatchObject({
    state: 'finished',
    totals: { files: 3, bytes: 65, ok: 3, failed: 0 },
    resumed: { reread: 1 },
  });
  expect(await second.table(id)).toEqual(['1 ok', '2 ok', '3 ok']);
  expect(await second.client.history.list({ unfinished: true })).toMatchObject({ total: 0 });
  expect(second.errors).toEqual([]);
});

test('real files: what is done is not read again, what changed or appeared is, and nothing is there twice', async () => {
  const [data, folder] = [temporaryFolder(), temporaryFolder()];
  const at = (name: string): string => path.join(folder, name);
  mkdirSync(at('sub'));
  for (const name of ['a', 'b', 'c', 'sub/d']) writeFileSync(at(name), name);
  const engine = loadEngine({ threads: 2 });
  onTestFinished(() => engine.close());
  const first = program(engine, data);
  const { id } = await first.start(folder);
  await first.ended(id);
  await first.app.close();
  // As if the process had been killed before it could say that the job was over.
  const file = path.join(data, 'jobs', readdirSync(path.join(data, 'jobs')).find((name) => name.endsWith('.hlj'))!);
  const { cutSeal } = await import('../../store/testing/cut-seal.ts');
  cutSeal(file);
  appendFileSync(file, 'half a frame');
  rmSync(path.join(data, 'jobs', 'history.jsonl'), { force: true });
  writeFileSync(at('b'), 'B');
  utimesSync(at('b'), new Date(0), new Date(0));
  writeFileSync(at('new'), 'new');
  rmSync(at('c'));

  const second = program(engine, data);
  await second.client.jobs.resume({ id });
  const end = await second.ended(id);
  expect(end).toMatchObject({
    state: 'finished',
    totals: { files: 5, ok: 5 },
    resumed: { runs: 2, known: 4, reread: 1, appeared: 1 },
  });
  expect(await second.table(id)).toEqual(['a ok', 'b ok', 'c ok', 'd ok', 'new ok']);
  await second.app.close();

  const third = program(engine, data);
  await third.client.history.open({ id });
  expect(await third.job(id)).toMatchObject({ state: 'finished', totals: { files: 5 }, algorithms: ['md5'] });
  expect(await third.table(id)).toEqual(['a ok', 'b ok', 'c ok', 'd ok', 'new ok']);
  await expect(third.client.jobs.resume({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a cancelled job can go on in the run that it was cancelled in', async () => {
  const engine = new FakeEngine();
  const { client, start, ended, job } = program(engine, temporaryFolder());
  const { id } = await start('/somewhere/a');
  engine.jobs[0]!.emit([{ name: '/somewhere/a', identity: { changedNs: 1n, inode: 2n } }]);
  await client.jobs.cancel({ id });
  expect(await ended(id)).toMatchObject({ state: 'cancelled' });
  await client.jobs.resume({ id });
  expect(await job(id)).toMatchObject({ state: 'running', resumed: { known: 1 } });
  engine.jobs[1]!.finish();
  expect(await ended(id)).toMatchObject({ state: 'finished', totals: { files: 1 } });
});

test('what is cleared stays in the history, can be opened again, and goes when it is deleted', async () => {
  const engine = new FakeEngine();
  const { client, start, ended, job, table } = program(engine, temporaryFolder());
  const { id } = await start('/somewhere/a');
  engine.jobs[0]!.emit([{ name: '/somewhere/a' }]);
  engine.jobs[0]!.finish();
  await ended(id);
  const events = await client.system.events();
  await events.next();
  await events.next();
  await client.jobs.forget({ ids: [id] });
  expect((await events.next()).value).toMatchObject({ kind: 'forgotten', ids: [id] });
  expect(await client.history.list({})).toMatchObject({ entries: [{ id, state: 'finished' }], total: 1 });
  await client.history.open({ id });
  expect((await events.next()).value).toMatchObject({ kind: 'job', job: { id, state: 'finished' } });
  expect(await table(id)).toEqual(['a ok']);
  expect(await client.history.label({ id, name: 'Archive', keep: true })).toMatchObject({
    name: 'Archive',
    keep: true,
  });
  expect(await client.history.delete({ ids: [id] })).toEqual({ ids: [id] });
  expect(await job(id)).toBeUndefined();
  expect(await client.history.list({})).toEqual({ entries: [], total: 0 });
  await expect(client.history.open({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await events.return?.();
});

test('a running job is not deleted, and one of another process is not taken', async () => {
  const data = temporaryFolder();
  const engine = new FakeEngine();
  const first = program(engine, data);
  const { id } = await first.start('/somewhere/a');
  await expect(first.client.history.delete({ ids: [id] })).rejects.toMatchObject({ code: 'CONFLICT' });
  const other = program(new FakeEngine(), data);
  await expect(other.client.jobs.resume({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await other.client.history.delete({ ids: [id] })).toEqual({ ids: [] });
});

test('a job whose bytes come from a page cannot go on without it', async () => {
  const data = temporaryFolder();
  const engine = new FakeEngine();
  const services = { kind: 'web', acceptsTypedPaths: true, acceptsUploads: true } as const;
  const app = createApp({ engine, dataFolder: data, services, version: '1' });
  const client = createRouterClient(app.router, { context: { windowId: 'w' } });
  const source = await client.sources.declareUpload({ name: 'x', entries: [{ path: 'x', size: 1 }] });
  const { walk } = defaultSettings;
  const { id } = await client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5'], walk });
  await app.close();
  const { client: later } = program(engine, data);
  expect(await later.history.list({})).toMatchObject({ entries: [{ id, state: 'cancelled', resumable: false }] });
  await expect(later.jobs.resume({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
});
