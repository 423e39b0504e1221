import { readdirSync, truncateSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import { engineSlots } from '#shared/stats/layout.ts';
import { readStats } from '#shared/stats/reader.ts';
import { JournalReader } from '../../store/journal.ts';
import { type FakeWindow, World } from '../testing/world.ts';

async function jobWithBatches(world: World, count: number) {
  const started = await world.startJob();
  for (let n = 0; n < count; n++) started.job.emit([{ name: `file ${n}`, digests: {} }]);
  await vi.waitUntil(async () => (await world.state(started.summary.id)).batches === count);
  return started;
}

const names = (window: FakeWindow): string[] => window.frames.map((frame) => openBatch(frame).name(0));

function journalFile(world: World): string {
  const jobs = path.join(world.dataFolder, 'jobs');
  const [file] = readdirSync(jobs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hlj'));
  return path.join(jobs, file!);
}

/** Whatever was begun without waiting for the disk has happened after this. */
async function turns(count = 5): Promise<void> {
  for (let n = 0; n < count; n++) await new Promise(setImmediate);
}

test('no more batches are under way than may be unacknowledged', async () => {
  const world = new World();
  const { summary } = await jobWithBatches(world, 5);
  const window = world.openWindow();
  // What is sent has been read before: without a read under way nothing can follow.
  const read = vi.spyOn(JournalReader.prototype, 'read');
  onTestFinished(() => read.mockRestore());
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await window.frameCount(maxUnacknowledgedBatches);
  await turns();
  expect(read).toHaveBeenCalledTimes(2);
  expect(names(window)).toEqual(['file 0', 'file 1']);
  expect((await world.client().system.process()).unacknowledgedBatches).toBe(2);
  window.ask({ kind: 'acknowledge' });
  await window.frameCount(3);
  await turns();
  expect(read).toHaveBeenCalledTimes(3);
  expect(names(window)).toEqual(['file 0', 'file 1', 'file 2']);
  for (let n = 0; n < 3; n++) window.ask({ kind: 'acknowledge' });
  await window.frameCount(5);
  expect(names(window)).toEqual(['file 0', 'file 1', 'file 2', 'file 3', 'file 4']);
});

test('a window that never acknowledges neither holds the engine up nor makes memory grow', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  for (let n = 0; n < 200; n++) job.emit([{ name: `file ${n}` }]);
  job.finish();
  await world.untilState(summary.id, 'finished');
  expect(job.unreleased).toBe(0);
  expect(window.frames).toHaveLength(maxUnacknowledgedBatches);
});

test('what a window gets is what the journal holds, not the slab that the engine writes on', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  job.emit([{ name: 'a', digests: { md5: new Uint8Array(16).fill(7) } }]);
  await window.frameCount(1);
  expect(job.unreleased).toBe(0);
  expect(openBatch(window.frames[0]!).digestText(0, 'md5')).toBe('07'.repeat(16));
});

test('a window that keeps up gets batches as they were written, without a look at the file', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  for (let n = 0; n < 5; n++) {
    job.emit([{ name: `file ${n}` }]);
    await window.frameCount(n + 1);
    window.ask({ kind: 'acknowledge' });
    // What was written is no longer there to be read back.
    truncateSync(journalFile(world), 0);
  }
  expect(names(window)).toEqual(['file 0', 'file 1', 'file 2', 'file 3', 'file 4']);
  expect((await world.state(summary.id)).failure).toBeNull();
});

test('nothing is sent before it is written, and nothing that could not be written', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  const handle = await open(world.folder, 'r');
  await handle.close();
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  let fail: (error: Error) => void = () => undefined;
  const held = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const write = vi.spyOn(prototype, 'write').mockReturnValueOnce(held);
  job.emit([{ name: 'a' }]);
  await vi.waitUntil(() => write.mock.calls.length === 1);
  await turns();
  expect(window.frames).toHaveLength(0);
  fail(Object.assign(new Error(), { code: 'ENOSPC' }));
  expect((await world.untilState(summary.id, 'failed')).failure).toMatchObject({ code: 'JOURNAL_FULL' });
  write.mockRestore();
  expect(window.frames).toHaveLength(0);
  expect(job.unreleased).toBe(0);
});

test('a window that falls behind and catches up again gets every batch once and in order', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  const expected: string[] = [];
  let acknowledged = 0;
  // Bursts of every length against every pause of the window, in an order that is the same each time.
  for (let step = 0; step < 60; step++) {
    for (let n = 0; n < (step * 7) % 5; n++) {
      job.emit([{ name: `file ${expected.length}` }]);
      expected.push(`file ${expected.length}`);
    }
    if (step % 3 !== 0) await turns((step * 5) % 4);
    for (let n = 0; n < (step * 11) % 4 && acknowledged < window.frames.length; n++, acknowledged++) {
      window.ask({ kind: 'acknowledge' });
    }
    expect(window.frames.length - acknowledged).toBeLessThanOrEqual(maxUnacknowledgedBatches);
  }
  while (acknowledged < expected.length) {
    await window.frameCount(acknowledged + 1);
    window.ask({ kind: 'acknowledge' });
    acknowledged++;
  }
  expect(names(window)).toEqual(expected);
});

test('a reloaded window gets everything again, one that was cut off goes on where it stood', async () => {
  const world = new World();
  const { summary } = await jobWithBatches(world, 2);
  const before = world.openWindow();
  before.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await before.frameCount(2);
  const reloaded = world.openWindow();
  expect(before.closed).toBe(true);
  reloaded.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await reloaded.frameCount(2);
  expect(names(reloaded)).toEqual(['file 0', 'file 1']);
  const resumed = world.openWindow('window-2');
  resumed.ask({ kind: 'subscribe', jobId: summary.id, sequence: 1 });
  await resumed.frameCount(1);
  expect(names(resumed)).toEqual(['file 1']);
});

test('jobs take turns, so that a long one does not starve a short one', async () => {
  const world = new World();
  const long = await jobWithBatches(world, 6);
  const short = await jobWithBatches(world, 1);
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: long.summary.id, sequence: 0 });
  window.ask({ kind: 'subscribe', jobId: short.summary.id, sequence: 0 });
  await window.frameCount(2);
  window.ask({ kind: 'acknowledge' });
  await window.frameCount(3);
  expect(window.frames.slice(0, 3).map((frame) => openBatch(frame).jobId)).toContain(short.summary.id);
});

test('nothing more is sent of a job that was unsubscribed or forgotten', async () => {
  const world = new World();
  const { job, summary } = await jobWithBatches(world, 1);
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await window.frameCount(1);
  window.ask({ kind: 'unsubscribe', jobId: summary.id });
  job.emit([{ name: 'later' }]);
  job.finish();
  await world.untilState(summary.id, 'finished');
  await world.client().jobs.forget({ ids: [summary.id] });
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await turns();
  expect(window.frames).toHaveLength(1);
  expect(window.closed).toBe(false);
});

test('a journal that cannot be read back fails the job instead of leaving the window waiting', async () => {
  const world = new World();
  const { job, summary } = await jobWithBatches(world, 1);
  job.finish();
  await world.untilState(summary.id, 'finished');
  truncateSync(journalFile(world), 0);
  const window = world.openWindow();
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  const failed = await world.untilState(summary.id, 'failed');
  expect(failed.failure).toMatchObject({ code: 'JOURNAL_UNREADABLE' });
});

test('stats are a copy of the block, sent once per request and at most 30 times a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const world = new World();
  const window = world.openWindow();
  world.engine.setStat(engineSlots.filesHashed, 41n);
  for (let n = 0; n < 10; n++) window.ask({ kind: 'stats' });
  expect(window.frames).toHaveLength(1);
  vi.advanceTimersByTime(32);
  expect(window.frames).toHaveLength(1);
  vi.advanceTimersByTime(2);
  expect(window.frames).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(window.frames, 'one at once, one at the next slot, the rest coalesced').toHaveLength(2);
  world.engine.setStat(engineSlots.filesHashed, 42n);
  expect(readStats(window.frames[0]!).engine.filesHashed).toBe(41);
  expect(window.frames[0]!.buffer).toBeInstanceOf(ArrayBuffer);
});

test('messages of no known form are ignored, and a flood of them closes the channel', async () => {
  const world = new World();
  const { summary } = await jobWithBatches(world, 1);
  const window = world.openWindow();
  for (const nonsense of [
    undefined,
    null,
    'subscribe',
    { kind: 'subscribe', jobId: 'x' },
    { kind: 'acknowledge' },
    [],
  ]) {
    window.send(nonsense);
  }
  window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  await window.frameCount(1);
  expect(window.closed).toBe(false);
  for (let n = 0; n < 100; n++) window.send({ kind: 'nonsense' });
  expect(window.closed).toBe(true);
});

test('a port that throws is closed and disturbs nobody else', async () => {
  const world = new World();
  const { job, summary } = await world.startJob();
  const broken = world.openWindow('broken-window');
  broken.post = () => {
    throw new Error('the page is gone');
  };
  const sound = world.openWindow('sound-window');
  for (const window of [broken, sound]) window.ask({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  job.emit([{ name: 'a' }]);
  await sound.frameCount(1);
  expect(broken.closed).toBe(true);
});
