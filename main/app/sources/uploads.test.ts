import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { defaultSettings } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import { World } from '../testing/world.ts';

type Entry = { path: string; size: number };

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield Buffer.from(text);
}

/** A body that sends `text` and then neither more nor its end. */
async function* stuckAfter(text: string): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(text);
  await new Promise(() => undefined);
}

/** Whatever was begun without waiting for the disk has happened after this. */
async function turns(): Promise<void> {
  for (let n = 0; n < 5; n++) await new Promise(setImmediate);
}

/** From now on time passes only with `passGrace`. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Far longer than a window may be away. */
async function passGrace(): Promise<void> {
  vi.advanceTimersByTime(10_000);
  await turns();
}

function openWindow(world: World): string {
  world.openWindow('window-1');
  return 'window-1';
}

/** A job of one upload beside one granted path. */
async function uploadJob(world: World, entries: Entry[], windowId = openWindow(world)) {
  const client = world.client(windowId);
  const declared = await client.sources.declareUpload({ name: 'dropped', entries });
  const [granted] = await world.app.grant(['/data/a']);
  const summary = await client.jobs.start({
    kind: 'hash',
    sources: [declared.id, granted!.id],
    algorithms: ['md5'],
    walk: defaultSettings.walk,
  });
  const job = world.engine.jobs.at(-1)!;
  const send = (index: number, body: AsyncIterable<Uint8Array>, sourceId = declared.id): Promise<void> =>
    world.app.receiveUpload({ jobId: summary.id, sourceId, index }, body);
  return { declared, job, summary, send };
}

test('each declared file becomes a feed under its source, and the job ends with the last one', async () => {
  const world = new World();
  const { declared, job, summary, send } = await uploadJob(world, [
    { path: '/photos/./a.jpg', size: 6 },
    { path: 'photos//b.jpg', size: 0 },
  ]);
  expect(declared).toMatchObject({ kind: 'upload', name: 'dropped', size: 6 });
  expect(job.spec).toMatchObject({ feeds: 2, feedBytes: 6 });
  expect(summary.sources.map((source) => source.kind)).toEqual(['file', 'upload']);
  await send(1, pieces());
  await send(0, pieces('abc', 'def'));
  expect(job.feeds).toEqual([
    { name: 'photos/b.jpg', root: 1, bytes: '', end: 'complete' },
    { name: 'photos/a.jpg', root: 1, bytes: 'abcdef', end: 'complete' },
  ]);
  await world.untilState(summary.id, 'finished');
});

test.each([
  ['fewer', ['ab']],
  ['more', ['abc', 'd']],
])('%s bytes than declared abort the file and tell the page', async (word, texts) => {
  const { job, send } = await uploadJob(new World(), [{ path: 'a', size: 3 }]);
  await expect(send(0, pieces(...texts))).rejects.toMatchObject({
    code: 'UPLOAD_ABORTED',
    message: `The upload sent ${word} bytes than the 3 it declared.`,
  });
  expect(job.feeds).toMatchObject([{ end: 'UPLOAD_ABORTED' }]);
  expect(job.feeds[0]!.bytes.length).toBeLessThanOrEqual(3);
});

test('a connection that breaks aborts the file', async () => {
  const { job, send } = await uploadJob(new World(), [{ path: 'a', size: 3 }]);
  async function* broken() {
    yield Buffer.from('ab');
    throw new Error('ECONNRESET');
  }
  await expect(send(0, broken())).rejects.toMatchObject({ code: 'UPLOAD_ABORTED' });
  expect(job.feeds).toMatchObject([{ bytes: 'ab', end: 'UPLOAD_ABORTED' }]);
});

test('a file is taken once, also while it is still being sent, and only when it was declared', async () => {
  const world = new World();
  const { job, send, summary } = await uploadJob(world, [
    { path: 'a', size: 1 },
    { path: 'b', size: 1 },
  ]);
  await send(0, pieces('x'));
  await expect(send(0, pieces('x'))).rejects.toMatchObject({ code: 'CONFLICT' });
  const sending = send(1, stuckAfter(''));
  await expect(send(1, pieces('x'))).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(send(2, pieces('x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(send(0, pieces('x'), 'forged')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(job.feeds).toHaveLength(2);
  await world.client().jobs.cancel({ id: summary.id });
  await expect(sending).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('bytes are taken no faster than the engine takes them', async () => {
  const { job, send } = await uploadJob(new World(), [{ path: 'a', size: 2 }]);
  let letGo = (): void => undefined;
  job.holdWrites = new Promise((resolve) => {
    letGo = resolve;
  });
  let asked = 0;
  async function* counted() {
    for (const text of ['a', 'b']) {
      asked++;
      yield Buffer.from(text);
    }
  }
  const sending = send(0, counted());
  await turns();
  expect(asked).toBe(1);
  letGo();
  await sending;
  expect(asked).toBe(2);
});

test('a cancelled job breaks off what is being sent and takes nothing further', async () => {
  const world = new World();
  const { job, summary, send } = await uploadJob(world, [
    { path: 'a', size: 9 },
    { path: 'b', size: 9 },
  ]);
  const sending = send(0, stuckAfter('abc'));
  await vi.waitUntil(() => job.feeds[0]?.bytes === 'abc');
  await world.client().jobs.cancel({ id: summary.id });
  await expect(sending).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(send(1, pieces('x'))).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(job.feeds).toMatchObject([
    { name: 'a', bytes: 'abc', end: 'CANCELLED' },
    { name: 'b', bytes: '', end: 'CANCELLED' },
  ]);
  await world.untilState(summary.id, 'cancelled');
});

describe('a cancel', () => {
  const entries = Array.from({ length: 2_500 }, (_, n) => ({ path: `file ${n}`, size: 1 }));

  test.each(['running', 'paused'])('of a %s job answers at once and leaves a record of every file', async (state) => {
    const world = new World();
    const { job, summary, send } = await uploadJob(world, entries);
    await send(7, pieces('x'));
    const { jobs } = world.client();
    if (state === 'paused') await jobs.pause({ id: summary.id });
    await jobs.cancel({ id: summary.id });
    expect(job.feeds.length, 'it does not wait for all of them').toBeLessThan(entries.length);
    expect(await world.state(summary.id)).toMatchObject({ state: 'cancelling' });
    await expect(send(2_400, pieces('x'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await world.untilState(summary.id, 'cancelled');
    expect(job.feeds.map((feed) => feed.name).sort()).toEqual(entries.map((entry) => entry.path).sort());
    expect(job.feeds.filter((feed) => feed.end === 'complete').map((feed) => feed.name)).toEqual(['file 7']);
    expect(job.feeds.filter((feed) => feed.end === 'CANCELLED')).toHaveLength(entries.length - 1);
  });

  test('that the end of the engine overtakes is no error', async () => {
    const world = new World();
    const { job, summary } = await uploadJob(world, entries);
    await world.client().jobs.cancel({ id: summary.id });
    job.cancel();
    await world.untilState(summary.id, 'cancelled');
    await turns();
    expect(job.feeds.every((feed) => feed.end === 'CANCELLED')).toBe(true);
  });
});

describe('a window that goes away', () => {
  const entries = Array.from({ length: 2_500 }, (_, n) => ({ path: `file ${n}`, size: 1 }));

  test('gives up what it has not sent, so that the job ends', async () => {
    holdTime();
    const world = new World();
    const window = world.openWindow('sender-1');
    const { job, summary, send } = await uploadJob(world, entries, 'sender-1');
    await send(7, pieces('x'));
    await passGrace();
    expect(job.feeds, 'the window is there, however long it takes').toHaveLength(1);
    window.close();
    await passGrace();
    vi.useRealTimers();
    await world.untilState(summary.id, 'finished');
    expect(job.feeds.filter((feed) => feed.end === 'UPLOAD_ABORTED')).toHaveLength(entries.length - 1);
    expect(job.feeds.filter((feed) => feed.end === 'complete').map((feed) => feed.name)).toEqual(['file 7']);
  });

  test('and comes back in time has lost nothing', async () => {
    holdTime();
    const world = new World();
    const window = world.openWindow('sender-1');
    const { job, send } = await uploadJob(world, entries.slice(0, 1), 'sender-1');
    window.close();
    world.openWindow('sender-1');
    await passGrace();
    expect(job.feeds).toEqual([]);
    await send(0, pieces('x'));
    expect(job.feeds).toMatchObject([{ end: 'complete' }]);
  });

  test('leaves the files of other windows alone', async () => {
    holdTime();
    const world = new World();
    world.openWindow('sender-1');
    const other = world.openWindow('sender-2');
    const { job } = await uploadJob(world, entries.slice(0, 1), 'sender-1');
    other.close();
    await passGrace();
    expect(job.feeds).toEqual([]);
  });

  test('before its byte channel ever opened is noticed all the same', async () => {
    const world = new World();
    const { job, summary } = await uploadJob(world, entries.slice(0, 1), 'never-there');
    await world.untilState(summary.id, 'finished');
    expect(job.feeds).toMatchObject([{ end: 'UPLOAD_ABORTED' }]);
  });
});

test.each(['../a', 'a/../../b', 'a\0b', '/', '.'])(
  'a path that is no place below the drop (%j) is refused',
  async (path) => {
    const { sources } = new World().client();
    await expect(sources.declareUpload({ name: 'x', entries: [{ path, size: 1 }] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  },
);

test('sizes that nobody has are refused: of a file, of an upload, and of all uploads of a job', async () => {
  const world = new World();
  const client = world.client(openWindow(world));
  const most = limits.uploadBytes;
  const declare = (...sizes: number[]) =>
    client.sources.declareUpload({ name: 'x', entries: sizes.map((size, index) => ({ path: `${index}`, size })) });
  const tooLarge = { code: 'INPUT_TOO_LARGE' };
  await expect(declare(Number.MAX_SAFE_INTEGER)).rejects.toMatchObject(tooLarge);
  await expect(declare(most + 1)).rejects.toMatchObject(tooLarge);
  await expect(declare(most, 1)).rejects.toMatchObject(tooLarge);
  const [whole, more] = [await declare(most), await declare(1)];
  const start = (...sources: string[]) =>
    client.jobs.start({ kind: 'hash', sources, algorithms: ['md5'], walk: defaultSettings.walk });
  await expect(start(whole.id, more.id)).rejects.toMatchObject(tooLarge);
  // Nothing was taken: both wait as before, and each can be started.
  expect((await client.sources.list()).map(({ id }) => id)).toEqual([whole.id, more.id]);
  expect(await start(more.id)).toMatchObject({ kind: 'hash' });
});

test('a path longer than the engine takes is refused when it is declared', async () => {
  const { sources } = new World().client();
  const path = '\u20ac'.repeat(30_000);
  await expect(sources.declareUpload({ name: 'x', entries: [{ path, size: 1 }] })).rejects.toMatchObject({
    code: 'INPUT_TOO_LARGE',
  });
});
