/** Guarded folders from a window: the calls of the contract, over the real engine. */
import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { guardRecord } from '#shared/contract/kinds/guard.ts';
import { defaultSettings, type JobSummary } from '#shared/contract/models.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { createApp } from '../app.ts';
import type { HostServices } from '../host.ts';

function windowOn(folder: string, more: Partial<HostServices> = {}) {
  const engine = loadEngine({ threads: 2 });
  const saved = path.join(folder, 'report');
  const services = { kind: 'web', acceptsTypedPaths: true, chooseExportFile: async () => saved, ...more } as const;
  const app = createApp({ engine, services, dataFolder: path.join(folder, 'data'), version: '1.2.3' });
  onTestFinished(async () => {
    await app.close();
    await engine.close();
  });
  const client = createRouterClient(app.router, { context: { windowId: 'w' } });
  const ended = (id: number): Promise<JobSummary> =>
    vi.waitUntil(
      async () => {
        const job = (await client.jobs.list()).find((one) => one.id === id)!;
        return ['finished', 'failed', 'cancelled'].includes(job.state) ? job : false;
      },
      { timeout: 20_000 },
    );
  const report = async (job: number): Promise<{ entries: unknown[]; summary: unknown; root: string }> => {
    await client.results.report({ job, format: 'json' });
    return JSON.parse(readFileSync(saved, 'utf8'));
  };
  return { app, client, ended, report };
}

function photos(): { folder: string; root: string; rot: (name: string) => void } {
  const folder = temporaryFolder();
  const root = path.join(folder, 'photos');
  mkdirSync(root);
  for (const name of ['a', 'b']) writeFileSync(path.join(root, name), `content of ${name}`);
  const rot = (name: string): void => {
    const file = path.join(root, name);
    const { atime, mtime } = statSync(file);
    writeFileSync(file, 'rotten');
    utimesSync(file, atime, mtime);
  };
  return { folder, root, rot };
}

async function guarded() {
  const given = photos();
  const world = windowOn(given.folder);
  const [source] = await world.app.grant([given.root]);
  const added = await world.client.jobs.start({ kind: 'guard', action: 'add', source: source!.id });
  expect(await world.ended(added.id)).toMatchObject({
    state: 'finished',
    outcome: { verdict: 'ok', counts: { new: 2 } },
  });
  const [known] = await world.client.guard.list();
  return { ...given, ...world, id: known!.id };
}

test('a folder is put on record, and what is known of it is listed', async () => {
  const { client, root } = await guarded();
  expect(await client.guard.list()).toMatchObject([
    { root, isAvailable: true, problem: null, files: 2, damaged: 0, coverage: { percent: 100 } },
  ]);
});

test('the folder of a finished job is put on record', async () => {
  const { folder, root } = photos();
  const { app, client, ended } = windowOn(folder);
  const [source] = await app.grant([root]);
  const given = { algorithms: ['md5' as const], walk: defaultSettings.walk };
  const hashed = await client.jobs.start({ kind: 'hash', sources: [source!.id], ...given });
  await ended(hashed.id);
  const added = await client.guard.add({ job: hashed.id });
  expect(added.sources).toMatchObject([{ path: root, kind: 'folder' }]);
  await ended(added.id);
  expect(await client.guard.list()).toMatchObject([{ root, files: 2 }]);
});

test('a check says what is damaged, and goes on saying so until the file is accepted by name', async () => {
  const { client, ended, report, rot, id, root } = await guarded();
  rot('a');
  for (let run = 0; run < 2; run++) {
    const { id: job } = await client.guard.check({ id });
    expect(await ended(job)).toMatchObject({ outcome: { verdict: 'failed', counts: { damaged: 1, ok: 1 } } });
    const { entries, summary, root: named } = await report(job);
    expect(named).toBe(root);
    expect(summary).toMatchObject({ verdict: 'failed', damaged: 1, readFiles: 2 });
    expect(entries).toMatchObject([{ path: 'a', state: 'damaged' }]);
    expect(guardRecord.safeParse({ type: 'entry', ...(entries[0] as object) }).success).toBe(true);
  }
  expect(await client.guard.list()).toMatchObject([{ damaged: 1 }]);
  expect(await client.guard.accept({ id, paths: [{ path: 'a' }] })).toEqual({ accepted: 1 });
  const { id: last } = await client.guard.check({ id });
  expect(await ended(last)).toMatchObject({ outcome: { verdict: 'ok', counts: { ok: 2 } } });
});

test('damage comes with the place of a copy that a job has met, while that is as it was', async () => {
  const { app, client, ended, report, rot, id, folder, root } = await guarded();
  const copies = path.join(folder, 'copies');
  mkdirSync(copies);
  for (const name of ['good', 'written to']) writeFileSync(path.join(copies, name), 'content of a');
  for (const added of [root, copies]) {
    const [source] = await app.grant([added]);
    const given = { algorithms: ['sha256' as const], walk: defaultSettings.walk };
    await ended((await client.jobs.start({ kind: 'hash', sources: [source!.id], ...given })).id);
  }
  writeFileSync(path.join(copies, 'written to'), 'something else');
  rot('a');
  const { id: job } = await client.guard.check({ id });
  await ended(job);
  const { entries } = await report(job);
  expect(entries).toMatchObject([{ path: 'a', copy: { path: path.join(copies, 'good') } }]);
});

test('only what is on record can be accepted', async () => {
  const { client, id, folder, root } = await guarded();
  writeFileSync(path.join(folder, 'secret'), 'x');
  writeFileSync(path.join(root, 'c'), 'x');
  for (const name of ['../secret', 'c', 'nothing']) {
    await expect(client.guard.accept({ id, paths: [{ path: name }] })).rejects.toMatchObject({ code: 'UNREADABLE' });
  }
  expect(await client.guard.list()).toMatchObject([{ files: 2 }]);
});

test('a folder that is offline is unavailable, in its check and in the list', async () => {
  const { client, ended, id, root } = await guarded();
  renameSync(root, `${root}-offline`);
  const { id: job } = await client.guard.check({ id });
  expect(await ended(job)).toMatchObject({ outcome: { verdict: 'unavailable', counts: { gone: 0 } } });
  expect(await client.guard.list()).toMatchObject([{ isAvailable: false, files: 2 }]);
});

test('a folder that is taken off record is listed no longer', async () => {
  const { client, id } = await guarded();
  await client.guard.remove({ id });
  expect(await client.guard.list()).toEqual([]);
  await expect(client.guard.check({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a page that is limited to one folder sees no guarded folder outside of it', async () => {
  const { folder, id, root } = await guarded();
  const elsewhere = path.join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const limited = windowOn(folder, { rootFolder: elsewhere });
  expect(await limited.client.guard.list()).toEqual([]);
  await expect(limited.client.guard.check({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(limited.client.guard.accept({ id, paths: [{ path: 'a' }] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const wide = windowOn(folder, { rootFolder: root });
  expect(await wide.client.guard.list()).toMatchObject([{ id }]);
});
