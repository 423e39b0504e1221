import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import type { App } from '../app.ts';
import { createApp } from '../app.ts';
import { FakeWindow, temporaryFolder, World } from '../testing/world.ts';

describe('with the real engine', () => {
  let engine: Engine;
  beforeAll(() => {
    engine = loadEngine({ threads: 2 });
  });
  afterAll(() => engine.close());

  async function hashed(files: Record<string, string>, prepare: (root: string) => void = () => {}) {
    const folder = temporaryFolder();
    const root = path.join(folder, 'root');
    mkdirSync(root);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), content);
    }
    prepare(root);
    const app: App = createApp({
      engine,
      dataFolder: path.join(folder, 'data'),
      services: { kind: 'web', acceptsTypedPaths: true },
      version: '1',
    });
    onTestFinished(() => app.close());
    const client = createRouterClient(app.router, { context: { windowId: 'w' } });
    const [source] = await app.grant([root]);
    const { id } = await client.jobs.start({
      kind: 'hash',
      sources: [source!.id],
      algorithms: ['md5', 'sha256'],
      walk: defaultSettings.walk,
    });
    await vi.waitUntil(async () => (await client.jobs.list())[0]!.state === 'finished');
    const window = new FakeWindow();
    app.attachBytes('w', window);
    window.ask({ kind: 'subscribe', jobId: id, sequence: 0 });
    await window.frameCount(1);
    const batch = openBatch(window.frames[0]!);
    const entry = (name: string): number => {
      for (let index = 0; index < batch.count; index++)
        if (batch.name(index).endsWith(name)) return batch.entryId(index);
      throw new Error(name);
    };
    const ask = (...names: string[]) =>
      client.results.rehash({ job: id, results: names.map((name) => ({ batch: 0, entry: entry(name) })) });
    return { root, client, id, ask, entry };
  }

  test('further algorithms are computed in the same read, of what can be read', async () => {
    const { root, client, id, entry } = await hashed({ here: 'a', gone: 'b' });
    rmSync(path.join(root, 'gone'));
    const results = ['here', 'gone'].map((name) => ({ batch: 0, entry: entry(name) }));
    const [here, gone] = await client.results.rehash({ job: id, results, further: ['sha1', 'crc32'] });
    const sha1 = createHash('sha1').update('a').digest('hex');
    expect(here).toMatchObject({
      outcome: 'same',
      digests: [],
      further: [
        { algorithm: 'sha1', digest: sha1 },
        { algorithm: 'crc32', digest: 'e8b7be43' },
      ],
    });
    expect(gone).toMatchObject({ outcome: 'missing' });
    expect(gone!.further).toBeUndefined();
  });

  test('what is the same, different, missing, a folder or readable for the first time is told, in the order asked for', async () => {
    const { root, ask, entry } = await hashed({ same: 'a', different: 'abc', missing: 'c', folder: 'd' });
    const at = new Date('2001-01-01');
    // One byte other, with the size and the times as they were.
    writeFileSync(path.join(root, 'different'), 'abd');
    utimesSync(path.join(root, 'different'), at, at);
    rmSync(path.join(root, 'missing'));
    rmSync(path.join(root, 'folder'));
    mkdirSync(path.join(root, 'folder'));
    const digest = (name: string) => createHash(name).update('abd').digest('hex');
    expect(await ask('missing', 'different', 'same', 'folder')).toEqual([
      { entry: entry('missing'), outcome: 'missing', error: 'ENOENT', digests: [] },
      {
        entry: entry('different'),
        outcome: 'different',
        error: null,
        digests: [
          { algorithm: 'md5', digest: digest('md5') },
          { algorithm: 'sha256', digest: digest('sha256') },
        ],
      },
      { entry: entry('same'), outcome: 'same', error: null, digests: [] },
      { entry: entry('folder'), outcome: 'unreadable', error: 'EISDIR', digests: [] },
    ]);
  });

  test('no link leads out of what was granted, be it the file or a folder above it', async () => {
    const { root, ask } = await hashed({ file: 'a', 'sub/file2': 'b', 'sub/inside': 'c' });
    const outside = path.join(root, '..', 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'file2'), 'secret');
    rmSync(path.join(root, 'file'));
    symlinkSync(path.join(outside, 'file2'), path.join(root, 'file'));
    renameSync(path.join(root, 'sub'), path.join(root, 'moved'));
    symlinkSync(outside, path.join(root, 'sub'));
    const outcomes = async (...names: string[]) =>
      (await ask(...names)).map(({ outcome, digests }) => [outcome, digests]);
    expect(await outcomes('file', 'sub/file2')).toEqual([
      ['elsewhere', []],
      ['elsewhere', []],
    ]);
    rmSync(path.join(root, 'sub'));
    symlinkSync('moved', path.join(root, 'sub'));
    expect(await outcomes('sub/file2', 'sub/inside')).toEqual([
      ['same', []],
      ['same', []],
    ]);
  });

  test('names that are no text are found by their bytes', async () => {
    const bytes = Buffer.from([0x63, 0xe9]);
    const { root, ask } = await hashed({ plain: 'p' }, (folder) => {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), 'x');
    });
    expect(await ask('c\ufffd', 'plain')).toMatchObject([{ outcome: 'same' }, { outcome: 'same' }]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), bytes]), 'y');
    expect(await ask('c\ufffd')).toMatchObject([{ outcome: 'different' }]);
  });
});

describe('with results that a test makes', () => {
  const md5 = (byte: number) => ({ md5: new Uint8Array(16).fill(byte) });

  async function world(records: Parameters<World['engine']['jobs'][0]['emit']>[0][]) {
    const made = new World();
    const { job, summary } = await made.startJob();
    for (const batch of records) job.emit(batch);
    await vi.waitUntil(async () => (await made.state(summary.id)).batches === records.length);
    const ask = (results: { batch: number; entry: number }[]) =>
      made.client().results.rehash({ job: summary.id, results });
    return { made, job, ask };
  }

  test('results of several batches are found, each batch with the roots of its own records', async () => {
    const { made, ask } = await world([
      [{ name: '/somewhere/a', digests: md5(1) }],
      [
        { name: '/somewhere/a/b', digests: md5(2) },
        { name: '/somewhere/a/c', status: 'unreadable', error: 'EACCES' },
      ],
    ]);
    const asked = ask([
      { batch: 1, entry: 1 },
      { batch: 1, entry: 2 },
      { batch: 0, entry: 0 },
    ]);
    const again = async (index: number) => vi.waitUntil(() => made.engine.jobs[index]);
    const answer = (await again(1))!;
    expect(answer.spec).toMatchObject({ filesOnly: true, priority: 'interactive', algorithms: ['md5'] });
    expect(answer.spec.roots.map((root) => Buffer.from(root).toString())).toEqual(['/somewhere/a/b', '/somewhere/a/c']);
    answer.emit([
      { name: '', root: 0, digests: md5(2) },
      { name: '', root: 1, digests: md5(3) },
    ]);
    (await again(2))!.emit([{ name: '', root: 0, digests: md5(9) }]);
    expect(await asked).toMatchObject([
      { entry: 1, outcome: 'same' },
      { entry: 2, outcome: 'first', digests: [{ algorithm: 'md5', digest: '03'.repeat(16) }] },
      { entry: 0, outcome: 'different', digests: [{ algorithm: 'md5', digest: '09'.repeat(16) }] },
    ]);
  });

  test('uploads, names outside of their root and what was skipped are not read', async () => {
    const { made, ask } = await world([
      [
        { name: 'upload/file', root: 1, digests: md5(1) },
        { name: '/somewhere/abc', root: 0, digests: md5(1) },
        { name: '/etc/passwd', root: 0xffff, digests: md5(1) },
        { name: '/somewhere/a/pipe', root: 0, status: 'skipped', error: 'FIFO' },
      ],
    ]);
    const answers = await ask([0, 1, 2, 3].map((entry) => ({ batch: 0, entry })));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['upload', 'upload', 'upload', 'skipped']);
    expect(made.engine.jobs).toHaveLength(1);
  });

  test('a result, batch or job that is not there is told, and more than the limit is refused', async () => {
    const { made, ask } = await world([[{ name: '/somewhere/a', digests: md5(1) }]]);
    await expect(ask([{ batch: 0, entry: 1 }])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask([{ batch: 1, entry: 0 }])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const reference = { batch: 0, entry: 0 };
    await expect(made.client().results.rehash({ job: 9, results: [reference] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(ask([{ batch: -1, entry: 0 }])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(ask([])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const many = (count: number) => ask(Array.from({ length: count }, () => reference));
    await expect(many(limits.rehash + 1)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    const most = many(limits.rehash);
    const job = (await vi.waitUntil(() => made.engine.jobs[1]))!;
    expect(job.spec.roots, 'named a thousand times, read once').toHaveLength(1);
    job.emit([{ name: '', root: 0, digests: md5(1) }]);
    expect(await most).toHaveLength(limits.rehash);
    await made.client().jobs.cancel({ id: made.engine.jobs[0]!.id });
  });
});
