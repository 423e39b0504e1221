import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { readStats } from '#shared/stats/reader.ts';
import { type Engine, EngineError } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { batchesOf, bytes, spec, temporaryFolder } from './testing/world.ts';

const folder = temporaryFolder();
const engines: Engine[] = [];
const load: typeof loadEngine = (options) => {
  const engine = loadEngine(options);
  engines.push(engine);
  return engine;
};
const file = (name: string, content = 'abc'): string => {
  writeFileSync(path.join(folder.path, name), content);
  return path.join(folder.path, name);
};
/** A file of zeros that takes no room; reading it to the end takes many minutes. */
const huge = (name: string): string => {
  const descriptor = openSync(path.join(folder.path, name), 'w');
  ftruncateSync(descriptor, 2 ** 40);
  closeSync(descriptor);
  return path.join(folder.path, name);
};

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});
afterAll(() => folder.remove());

describe('the engine refuses', () => {
  test.each([
    ['no algorithm', { algorithms: [] }, 'NO_ALGORITHM'],
    ['an algorithm it does not know', { algorithms: ['md6' as 'md5'] }, 'UNKNOWN_ALGORITHM'],
    ['an empty path', { roots: [new Uint8Array()] }, 'EMPTY_PATH'],
    ['a path with a NUL', { roots: [new Uint8Array([97, 0, 98])] }, 'BAD_PATH'],
    ['an empty pattern', { include: [''] }, 'EMPTY_PATTERN'],
    ['a priority it does not know', { priority: 'urgent' as 'interactive' }, 'BAD_PRIORITY'],
  ] as const)('%s', (_, changes, code) => {
    const engine = load();
    expect(() => engine.start(spec([folder.path], changes))).toThrow(expect.objectContaining({ code }));
  });

  test('threads and memory that make no sense', () => {
    expect(() => loadEngine({ threads: 0 })).toThrow(expect.objectContaining({ code: 'BAD_THREADS' }));
    expect(() => loadEngine({ threads: 65 })).toThrow(expect.objectContaining({ code: 'BAD_THREADS' }));
    expect(() => loadEngine({ memoryLimit: 1000 })).toThrow(expect.objectContaining({ code: 'BAD_MEMORY_LIMIT' }));
  });
});

test('an interactive job goes before what its only worker has in hand', async () => {
  const engine = load({ threads: 1 });
  const background = engine.start(spec([huge('behind')]));
  await vi.waitUntil(() => readStats(engine.stats).jobs[0]!.bytesDone > 0);
  const interactive = engine.start(spec([file('before')], { priority: 'interactive' }));
  expect(await interactive.done).toMatchObject({ ok: 1 });
  const { jobs, engine: counters } = readStats(engine.stats);
  expect(jobs.map(({ priority }) => priority)).toEqual(['background', 'interactive']);
  expect(counters.overtakes).toBeGreaterThan(0);
  background.cancel();
  expect(await background.done).toMatchObject({ state: 'cancelled' });
});

describe('nothing brings the process down', () => {
  test('a consumer that throws cancels its own job and no other', async () => {
    const engine = load();
    const failing = engine.start(
      spec([file('a')], {
        onBatch: () => {
          throw new Error('the disk is full');
        },
      }),
    );
    await expect(failing.done).rejects.toThrow('the disk is full');
    expect(await batchesOf(engine, spec([file('b')]))).toHaveLength(1);
  });

  test('closing in the middle of a huge file ends its job as cancelled', async () => {
    const engine = load();
    const job = engine.start(spec([huge('huge')]));
    await vi.waitUntil(() => readStats(engine.stats).jobs.some((reading) => reading.bytesDone > 0));
    await engine.close();
    expect(await job.done).toMatchObject({ state: 'cancelled', failed: 1 });
    expect(() => engine.start(spec([folder.path]))).toThrow(expect.objectContaining({ code: 'ENGINE_CLOSED' }));
  });

  test('two engines in one process do not disturb each other', async () => {
    const path = file('two');
    const results = await Promise.all([load(), load()].map((engine) => batchesOf(engine, spec([path]))));
    for (const [batch] of results) expect(batch!.digestText(0, 'md5')).toBe('900150983cd24fb0d6963f7d28e17f72');
  });
});

describe('a feed', () => {
  test('longer than the engine takes in at once is hashed in order', async () => {
    const engine = load();
    const content = new Uint8Array(5_000_003).map((_, index) => index * 31);
    const path = file('whole');
    writeFileSync(path, content);
    const [whole] = await batchesOf(engine, spec([path], { algorithms: ['sha256'] }));
    const copies: Uint8Array[] = [];
    const job = engine.start(
      spec([], {
        algorithms: ['sha256'],
        feeds: 1,
        onBatch: (batch, release) => {
          copies.push(batch.slice());
          release();
        },
      }),
    );
    const feed = job.openFeed(bytes('fed'), 0);
    await feed.write(content.subarray(0, 3_000_000));
    await feed.write(content.subarray(3_000_000));
    await feed.end();
    expect(await job.done).toMatchObject({ ok: 1, bytes: content.length });
    expect(openBatch(copies[0]!).digestText(0, 'sha256')).toBe(whole!.digestText(0, 'sha256'));
    await expect(feed.write(bytes('late'))).rejects.toThrow(expect.objectContaining({ code: 'FEED_CLOSED' }));
    expect(() => job.openFeed(bytes('more'), 0)).toThrow(EngineError);
  });
});

test('a path that no record can hold is reported cut, and the others are hashed', async () => {
  const engine = load();
  const batches = await batchesOf(engine, spec([new Uint8Array(100_000).fill(97), file('after')]));
  const [first] = batches;
  const last = batches.at(-1)!;
  expect(first!.status(0)).toBe('unreadable');
  expect(first!.errorCode(0)).toBe('ENAMETOOLONG');
  expect(first!.nameBytes(0)).toHaveLength(65_536);
  expect(last.status(last.count - 1)).toBe('ok');
});

test('the end of a job says the truth whatever a page has written into the shared counters', async () => {
  const engine = load();
  let files = 0;
  const job = engine.start({
    ...spec([file('one'), file('two'), path.join(folder.path, 'missing')]),
    onBatch(batch, release) {
      files += openBatch(batch).count;
      engine.stats.fill(0xff);
      release();
    },
  });
  const { ok, failed, skipped, filteredOut, bytes, elapsedMs } = await job.done;
  expect({ files, ok, failed, skipped, filteredOut }).toEqual({
    files: 3,
    ok: 2,
    failed: 1,
    skipped: 0,
    filteredOut: 0,
  });
  expect(bytes).toBeLessThan(1e6);
  expect(elapsedMs).toBeLessThan(60_000);
});

describe('measuring a kernel', () => {
  test('ends with the process, and does not hold it up', async () => {
    const script = `const { loadEngine } = await import(${JSON.stringify(new URL('native-engine.ts', import.meta.url).href)});
      const engine = loadEngine({});
      void engine.measureSpeed('sha256', 60_000);
      process.exit(7);`;
    const status = await new Promise((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        timeout: 30_000,
        stdio: 'ignore',
      });
      child.on('exit', (code, signal) => resolve(code ?? signal));
    });
    expect(status).toBe(7);
  });

  test('gives the speed of a single stream, and of lanes where there are any', async () => {
    const engine = load();
    for (const name of ['md5', 'crc32'] as const) {
      const { lanes } = engine.info.kernels.find(({ algorithm }) => algorithm === name)!;
      const speed = await engine.measureSpeed(name, 2);
      // Slower than any machine that this runs on, faster than any that there will be.
      expect(speed.singleStream).toBeGreaterThan(1e6);
      expect(speed.singleStream).toBeLessThan(1e13);
      expect(speed.lanes === null).toBe(lanes === null);
    }
  });

  test('ends when it is interrupted, also before it began', async () => {
    const engine = load();
    const interruption = new AbortController();
    const measured = engine.measureSpeed('sha256', 60_000, interruption.signal);
    interruption.abort();
    await measured;
    expect(await engine.measureSpeed('sha256', 60_000, interruption.signal)).toEqual({
      singleStream: null,
      lanes: null,
    });
  });

  test('refuses what makes no sense', async () => {
    const engine = load();
    const refusal = (code: string) => expect.objectContaining({ code });
    await expect(engine.measureSpeed('md6' as 'md5', 5)).rejects.toThrow(refusal('UNKNOWN_ALGORITHM'));
    for (const milliseconds of [0, -1, 1.5, Number.NaN, 60_001]) {
      await expect(engine.measureSpeed('md5', milliseconds)).rejects.toThrow(refusal('BAD_DURATION'));
    }
  });
});
