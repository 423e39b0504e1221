/** Each cap at its limit and one beyond. */
import { afterAll, describe, expect, test } from 'vitest';
import { settings } from '#shared/contract/settings.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import { defaultWalk } from '#shared/jobs/walk-options.ts';
import { errorCodes } from '#shared/tables/error-codes.ts';
import { type Addon, loadAddon } from './addon.ts';
import { checkedOptions, checkPath, checkSpec } from './checks.ts';
import type { EngineJobSpec } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { SingleFileQueue } from './single-file-queue.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { spec } from './testing/world.ts';

const tooLarge = expect.objectContaining({ code: 'INPUT_TOO_LARGE' });
const path = (length: number): Uint8Array => new Uint8Array(length).fill(97);
const many = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);

describe('the engine caps', () => {
  test.each<[string, (size: number) => Partial<EngineJobSpec>, number]>([
    ['the number of paths', (size) => ({ roots: many(size, path(1)) }), engineLimits.roots],
    ['the bytes of a path', (size) => ({ roots: [path(size)] }), engineLimits.rootBytes],
    [
      'the bytes of all paths',
      (size) => ({ roots: many(size, path(engineLimits.rootBytes)) }),
      engineLimits.allRootBytes / engineLimits.rootBytes,
    ],
    ['the number of patterns to include', (size) => ({ include: many(size, '*') }), engineLimits.patterns],
    ['the number of patterns to exclude', (size) => ({ exclude: many(size, '*') }), engineLimits.patterns],
    ['the length of a pattern', (size) => ({ exclude: ['*'.repeat(size)] }), engineLimits.patternLength],
    ['the number of feeds', (size) => ({ feeds: size }), engineLimits.feeds],
  ])('%s', { timeout: 60_000 }, (_, changes, limit) => {
    expect(() => checkSpec(spec([], changes(limit)))).not.toThrow();
    expect(() => checkSpec(spec([], changes(limit + 1)))).toThrow(tooLarge);
  });

  test('a memory limit has one least value, which is taken, and one byte less is not', () => {
    const { minMemoryLimit } = engineLimits;
    expect(checkedOptions({ memoryLimit: minMemoryLimit }).memoryLimit).toBe(minMemoryLimit);
    expect(() => checkedOptions({ memoryLimit: minMemoryLimit - 1 })).toThrow(
      expect.objectContaining({ code: 'BAD_MEMORY_LIMIT' }),
    );
    expect(settings.shape.memoryLimitMiB.safeParse(minMemoryLimit / 2 ** 20).success).toBe(true);
  });

  test('numbers of feeds that are none', () => {
    for (const feeds of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkSpec(spec([], { feeds }))).toThrow(expect.objectContaining({ code: 'BAD_FEEDS' }));
    }
  });

  test('the path of a single call', () => {
    expect(() => checkPath(path(engineLimits.rootBytes))).not.toThrow();
    expect(() => checkPath(path(engineLimits.rootBytes + 1))).toThrow(tooLarge);
  });

  test('the files that single calls wait for, not the calls', async () => {
    const engine = new FakeEngine();
    const calls = new SingleFileQueue((job) => engine.start(job), 2);
    const ask = (name: string) => calls.hash(name, { algorithms: ['md5'] });
    const asked = Promise.allSettled(['/a', '/b', '/a'].map(ask));
    await expect(ask('/c')).rejects.toThrow(tooLarge);
    calls.close();
    expect((await asked).map((one) => (one as PromiseRejectedResult).reason.code)).toEqual(many(3, 'ENGINE_CLOSED'));
  });

  test('the name of a feed', async () => {
    const engine = loadEngine({ threads: 1 });
    const job = engine.start(spec([], { feeds: 1 }));
    expect(() => job.openFeed(path(engineLimits.nameBytes + 1), 0)).toThrow(tooLarge);
    await job.openFeed(path(engineLimits.nameBytes), 0).end();
    expect(await job.done).toMatchObject({ ok: 1 });
    await engine.close();
  });
});

describe('the binding caps by itself', () => {
  const addon: Addon = loadAddon();
  const shared = (length: number): Uint8Array => {
    const buffer = new SharedArrayBuffer(length + 64);
    return new Uint8Array(buffer, (64 - addon.alignmentOf(new Uint8Array(buffer))) % 64, length);
  };
  const options = {
    threads: 1,
    memoryLimit: 32 << 20,
    slabs: shared(1 << 20),
    slabBytes: 512 << 10,
    stats: shared(addon.statsSlots * 8),
    listener: () => {},
  };
  const engine = new addon.Engine(options);
  afterAll(() => engine.close());
  const job = {
    ...defaultWalk,
    id: 1,
    roots: [],
    algorithmIds: [0],
    walkOrder: false,
    hidden: true,
    followSymlinks: false,
    oneFileSystem: false,
    filesOnly: true,
    filterRoots: false,
    interactive: false,
    maxDepth: null,
    include: [],
    exclude: [],
    countAhead: false,
    feeds: 1,
    feedBytes: 0,
  };
  let lastId = 1;
  const start = (changes: object) => engine.start({ ...job, id: lastId++, ...changes }).id;
  const feed = start({});

  test.each<[string, (size: number) => unknown, number]>([
    ['the bytes of a path', (size) => engine.cancel(start({ roots: [path(size)] })), 1 << 20],
    ['the bytes of a pattern', (size) => engine.cancel(start({ include: ['*'.repeat(size)] })), 1 << 20],
    ['the feeds of a job', (size) => engine.cancel(start({ feeds: size })), 100_000_000],
    ['the ids of algorithms', (size) => engine.cancel(start({ algorithmIds: [size] })), addon.algorithms.length - 1],
    ['the bytes of a name', (size) => engine.openFeed(feed, path(size), 0, 0), 65_536],
    ['the number of a root', (size) => engine.openFeed(feed, path(1), size, 0), 65_535],
    ['the numbers of errors', (size) => engine.abortFeed(1e6, size), errorCodes.length - 1],
    ['the numbers of slabs', (size) => engine.releaseSlab(size), 2 ** 32 - 1],
    ['whole numbers', (size) => engine.cancel(size), Number.MAX_SAFE_INTEGER],
    ['the threads', (size) => new addon.Engine({ ...options, threads: size }).close(), 64],
    [
      'the time to measure',
      (size) => addon.measureSpeed(0, size, new Uint8Array(new SharedArrayBuffer(1)).fill(1)),
      engineLimits.measuringMs,
    ],
  ])('%s', (_, act, limit) => {
    expect(() => act(limit)).not.toThrow();
    expect(() => act(limit + 1)).toThrow(RangeError);
  });
});
