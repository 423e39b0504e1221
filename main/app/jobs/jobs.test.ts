import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { defaultSettings, type HostEvent } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import { EngineError } from '../../engine/engine.ts';
import { History } from '../../store/history.ts';
import { JournalFolder } from '../../store/journal-folder.ts';
import { temporaryFolder, World } from '../testing/world.ts';

const ok = (name: string) => ({ name, digests: { md5: new Uint8Array(16).fill(1) } });
const walk = defaultSettings.walk;

describe('starting', () => {
  test('moves the sources out of the waiting list and hands their bytes to the engine', async () => {
    const world = new World();
    const client = world.client();
    const latin1Name = Buffer.from('/data/caf\xe9', 'latin1');
    const granted = await world.app.grant(['/data/b', latin1Name]);
    const summary = await client.jobs.start({
      kind: 'hash',
      sources: granted.map((source) => source.id),
      algorithms: ['md5', 'sha256'],
      walk: { ...walk, hidden: false, maxDepth: 2, exclude: ['*.tmp'] },
    });
    const { spec } = world.engine.jobs[0]!;
    expect(spec.roots.map((root) => Buffer.from(root).toString('latin1'))).toEqual(['/data/b', '/data/caf\xe9']);
    expect(spec).toMatchObject({
      order: 'completion',
      countAhead: true,
      feeds: 0,
      maxDepth: 2,
      hidden: false,
      exclude: ['*.tmp', leftoverPattern],
    });
    expect(spec.algorithms).toEqual(['md5', 'sha256']);
    expect(summary).toMatchObject({
      id: spec.id,
      kind: 'hash',
      state: 'running',
      batches: 0,
      failure: null,
      sources: granted,
    });
    expect(await client.sources.list()).toEqual([]);
  });

  test('an unknown source starts nothing and keeps the others waiting', async () => {
    const world = new World();
    const [source] = await world.app.grant(['/data/a']);
    const request = { kind: 'hash' as const, sources: [source!.id, 'forged'], algorithms: ['md5' as const], walk };
    await expect(world.client().jobs.start(request)).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    expect(world.engine.jobs).toHaveLength(0);
    expect(await world.client().sources.list()).toEqual([source]);
  });

  test('what the engine refuses is told with its words, and the sources stay', async () => {
    const world = new World();
    world.engine.refusal = new EngineError('TOO_MANY_JOBS', 'No more than 64 jobs can run at once.');
    const [source] = await world.app.grant(['/data/a']);
    await expect(
      world.client().jobs.start({ kind: 'hash', sources: [source!.id], algorithms: ['md5'], walk }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'No more than 64 jobs can run at once.',
      data: { detail: 'TOO_MANY_JOBS' },
    });
    expect(await world.client().sources.list()).toEqual([source]);
  });

  test('a data folder that cannot be written is told before anything starts, and the sources stay', async () => {
    const world = new World();
    const [source] = await world.app.grant(['/data/a']);
    rmSync(path.join(world.dataFolder, 'jobs'), { recursive: true });
    writeFileSync(path.join(world.dataFolder, 'jobs'), '');
    await expect(
      world.client().jobs.start({ kind: 'hash', sources: [source!.id], algorithms: ['md5'], walk }),
    ).rejects.toMatchObject({ code: 'UNWRITABLE', data: { detail: 'ENOTDIR' } });
    expect(world.engine.jobs).toHaveLength(0);
    expect(await world.client().sources.list()).toEqual([source]);
    rmSync(path.join(world.dataFolder, 'jobs'));
  });

  test('input that is no valid request says what is wrong with it', async () => {
    const client = new World().client();
    const start = (request: object) =>
      client.jobs.start({ kind: 'hash', sources: ['a'], algorithms: ['md5'], walk, ...request });
    await expect(start({ algorithms: ['md5', 'md5'] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'algorithms: each algorithm once',
    });
    await expect(start({ algorithms: ['md6'] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(start({ sources: Array.from({ length: limits.sources + 1 }, () => 'a') })).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
    });
  });
});

describe('running', () => {
  test('several jobs at once keep their results apart', async () => {
    const world = new World();
    const [first, second] = [await world.startJob(), await world.startJob()];
    second.job.emit([ok('of the second')]);
    first.job.emit([ok('of the first')]);
    await vi.waitUntil(async () => (await world.client().jobs.list()).every((job) => job.batches === 1));
    const window = world.openWindow();
    window.ask({ kind: 'subscribe', jobId: first.summary.id, sequence: 0 });
    window.ask({ kind: 'subscribe', jobId: second.summary.id, sequence: 0 });
    await window.frameCount(2);
    const names = window.frames.map((frame) => openBatch(frame)).map((batch) => [batch.jobId, batch.name(0)]);
    expect(new Map(names as [number, string][])).toEqual(
      new Map([
        [first.summary.id, 'of the first'],
        [second.summary.id, 'of the second'],
      ]),
    );
  });

  test('totals come from the stats block while the job runs, and from its end afterwards', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    job.setStat('filesDone', 3);
    job.setStat('bytesDone', 5_000_000_000);
    job.setStat('ok', 2);
    job.setStat('failed', 1);
    job.setStat('activeNs', 7_000_000);
    expect((await world.state(summary.id)).totals).toEqual({
      files: 3,
      bytes: 5_000_000_000,
      ok: 2,
      failed: 1,
      skipped: 0,
      elapsedMs: 7,
    });
    job.finish({ files: 4, bytes: 9, ok: 3, failed: 1, elapsedMs: 8 });
    const ended = await world.untilState(summary.id, 'finished');
    job.setStat('jobId', 99);
    expect(ended.totals).toEqual({ files: 4, bytes: 9, ok: 3, failed: 1, skipped: 0, elapsedMs: 8 });
    expect((await world.state(summary.id)).totals).toEqual(ended.totals);
  });

  test('pause, resume and cancel reach the engine once each and show in the state', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    const { jobs } = world.client();
    await jobs.pause({ id: summary.id });
    await jobs.pause({ id: summary.id });
    expect((await world.state(summary.id)).state).toBe('paused');
    await jobs.resume({ id: summary.id });
    expect((await world.state(summary.id)).state).toBe('running');
    await jobs.cancel({ id: summary.id });
    await jobs.cancel({ id: summary.id });
    await world.untilState(summary.id, 'cancelled');
    await jobs.pause({ id: summary.id });
    expect(job.calls).toEqual(['pause', 'resume', 'cancel']);
    await expect(jobs.pause({ id: 404 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the job ends only after its last batch was written', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    for (let n = 0; n < 20; n++) job.emit([ok(`file ${n}`)]);
    job.finish();
    expect((await world.untilState(summary.id, 'finished')).batches).toBe(20);
    expect(job.unreleased).toBe(0);
  });

  test('an engine that gives up fails the job with its code and keeps what was written', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    job.emit([ok('a')]);
    job.fail(new EngineError('OUT_OF_SLABS', 'no slabs'));
    const ended = await world.untilState(summary.id, 'failed');
    expect(ended).toMatchObject({
      batches: 1,
      failure: { code: 'OUT_OF_SLABS', message: 'The engine aborted the job: no slabs' },
    });
  });

  test('a journal that fails cancels the engine, frees its slabs and fails the job', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    job.emit([ok('a')]);
    job.emitBytes(new Uint8Array(100));
    job.emitBytes(new Uint8Array(100));
    const ended = await world.untilState(summary.id, 'failed');
    expect(ended.failure).toMatchObject({ code: 'BATCH_CORRUPT' });
    expect(ended.batches).toBe(1);
    expect(job.calls).toEqual(['cancel']);
    expect(job.unreleased).toBe(0);
  });
});

describe('forgetting', () => {
  test('removes an ended job and its journal, and refuses while one still runs', async () => {
    const world = new World();
    const [ended, running] = [await world.startJob(), await world.startJob()];
    ended.job.finish();
    await world.untilState(ended.summary.id, 'finished');
    const { jobs } = world.client();
    const ids = [ended.summary.id, running.summary.id];
    await expect(jobs.forget({ ids })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await jobs.list()).toHaveLength(2);
    await jobs.forget({ ids: [ended.summary.id, 404] });
    expect((await jobs.list()).map((job) => job.id)).toEqual([running.summary.id]);
    expect(journalFiles(world), 'what is cleared stays in the history').toHaveLength(2);
  });

  test('closing ends what runs, and leaves its journal for another time', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    await world.app.close();
    expect(job.calls).toEqual(['cancel']);
    const history = new History(path.join(world.dataFolder, 'jobs'));
    expect(await history.entry(summary.id)).toMatchObject({ state: 'interrupted', resumable: true });
  });

  test('a start touches no journal, whoever wrote it', () => {
    const folder = temporaryFolder();
    JournalFolder.open(folder);
    const journal = path.join(folder, 'jobs', 'elsewhere.hlj');
    writeFileSync(journal, 'x');
    JournalFolder.open(folder);
    expect(readdirSync(path.join(folder, 'jobs'))).toEqual(['elsewhere.hlj']);
  });

  test('what a killed process left half made goes a day later', () => {
    const folder = temporaryFolder();
    const { path: jobs } = JournalFolder.open(folder);
    for (const name of ['a.hlj.new', 'a.hlj.sort-0a1b', 'b.hlj.new', 'b.hlj'])
      writeFileSync(path.join(jobs, name), 'x');
    const old = new Date(Date.now() - 2 * 86_400_000);
    for (const name of ['a.hlj.new', 'a.hlj.sort-0a1b', 'b.hlj']) utimesSync(path.join(jobs, name), old, old);
    JournalFolder.open(folder);
    expect(readdirSync(jobs).sort()).toEqual(['b.hlj', 'b.hlj.new']);
  });

  test('a folder of journals that a cleaning program removed is made again', async () => {
    const folder = JournalFolder.open(temporaryFolder());
    rmSync(folder.path, { recursive: true });
    const journal = await folder.create({ kind: 'hash' });
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.hlj'))).toHaveLength(1);
    await journal.remove();
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

test('the data folder is private', () => {
  const world = new World();
  expect(statSync(world.dataFolder).mode & 0o777).toBe(0o700);
});

describe('events', () => {
  test('begin with the settings and every job, and go on with what changes', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    const events = await world.client().system.events();
    const next = async (): Promise<HostEvent> => (await events.next()).value as HostEvent;
    expect(await next()).toEqual({ kind: 'settings', settings: defaultSettings });
    expect(await next()).toMatchObject({ kind: 'job', job: { id: summary.id, state: 'running' } });
    await world.client().settings.set({ theme: 'dark' });
    expect(await next()).toMatchObject({ kind: 'settings', settings: { theme: 'dark' } });
    job.finish();
    expect(await next()).toMatchObject({ kind: 'status', job: { state: 'finished' } });
    const sources = await world.app.grant(['/data/a'], { announce: true });
    expect(await next()).toEqual({ kind: 'sources', sources });
    await events.return?.();
  });

  test('a window that does not listen misses steps, never the state, and costs no memory', async () => {
    const world = new World();
    const { summary } = await world.startJob();
    const events = await world.client().system.events();
    await events.next();
    for (let n = 0; n < 50; n++) {
      await world.client().jobs.pause({ id: summary.id });
      await world.client().jobs.resume({ id: summary.id });
    }
    await world.client().jobs.pause({ id: summary.id });
    expect(await events.next()).toMatchObject({ value: { kind: 'job', job: { state: 'paused' } } });
    const [source] = await world.app.grant(['/data/a'], { announce: true });
    await world.client().sources.remove({ ids: [source!.id] });
    await world.client().settings.set({ theme: 'light' });
    expect(await events.next()).toMatchObject({ value: { kind: 'settings' } });
    await events.return?.();
  });

  test('tell the sources of a job once to each window, however often it changes', async () => {
    const world = new World();
    const { summary } = await world.startJob();
    for (const windowId of ['window-1', 'window-2']) {
      const events = await world.client(windowId).system.events();
      await events.next();
      expect((await events.next()).value).toMatchObject({ kind: 'job', job: { sources: [{ path: '/somewhere/a' }] } });
      await world.client().jobs.pause({ id: summary.id });
      expect((await events.next()).value).toMatchObject({ kind: 'status', job: { state: 'paused' } });
      await world.client().jobs.resume({ id: summary.id });
      const { value } = await events.next();
      expect(value).toMatchObject({ kind: 'status', job: { state: 'running' } });
      expect(value).not.toHaveProperty('job.sources');
      await events.return?.();
    }
  });

  test('tell every window what was cleared, also one that comes later', async () => {
    const world = new World();
    const { job, summary } = await world.startJob();
    const events = await world.client('window-2').system.events();
    await events.next();
    await events.next();
    job.finish();
    await world.untilState(summary.id, 'finished');
    await events.next();
    await world.client('window-1').jobs.forget({ ids: [summary.id] });
    expect((await events.next()).value).toEqual({ kind: 'forgotten', ids: [summary.id] });
    const later = await world.client('window-3').system.events();
    await later.next();
    expect((await later.next()).value).toEqual({ kind: 'forgotten', ids: [summary.id] });
    await Promise.all([events.return?.(), later.return?.()]);
  });

  test('a subscription ends with its call and when the core closes', async () => {
    const world = new World();
    const abort = new AbortController();
    const events = await world.client().system.events(undefined, { signal: abort.signal });
    await events.next();
    const pending = events.next();
    abort.abort();
    expect((await pending).done).toBe(true);
    const others = await world.client().system.events();
    await others.next();
    const last = others.next();
    await world.app.close();
    expect((await last).done).toBe(true);
  });
});

function journalFiles(world: World): string[] {
  const jobs = path.join(world.dataFolder, 'jobs');
  return readdirSync(jobs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hlj'));
}
