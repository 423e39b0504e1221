/** Single calls over the real engine, and over one whose turns a test decides. */

import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { engineLimits } from '#shared/jobs/limits.ts';
import { engineSlots } from '#shared/stats/layout.ts';
import { readStats } from '#shared/stats/reader.ts';
import { type Engine, EngineError } from './engine.ts';
import { loadEngine } from './native-engine.ts';
import { SingleFileQueue } from './single-file-queue.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { bytes, spec, temporaryFolder } from './testing/world.ts';

const folder = temporaryFolder();
const engines: Engine[] = [];
const load = (): Engine => {
  const engine = loadEngine({ threads: 2 });
  engines.push(engine);
  return engine;
};
const file = (name: string, content = name): string => {
  writeFileSync(path.join(folder.path, name), content);
  return path.join(folder.path, name);
};
const huge = (name: string): string => {
  const descriptor = openSync(path.join(folder.path, name), 'w');
  ftruncateSync(descriptor, 2 ** 40);
  closeSync(descriptor);
  return path.join(folder.path, name);
};
const sha256 = (content: string): Uint8Array => new Uint8Array(createHash('sha256').update(content).digest());
const algorithms = ['sha256'] as const;
const batches = (engine: Engine): bigint =>
  new DataView(engine.stats.buffer, engine.stats.byteOffset).getBigUint64(engineSlots.batchesSealed * 8, true);
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});
afterAll(() => folder.remove());

describe('on the real engine', () => {
  test('each of many calls gets the result of its own file, all from one job and one batch', async () => {
    const engine = load();
    const names = Array.from({ length: 1000 }, (_, index) => file(`many ${index}`));
    const before = batches(engine);
    const results = await Promise.all(names.map((name) => engine.hash(name, { algorithms })));
    results.forEach((result, index) => {
      expect(result).toMatchObject({ status: 'ok', error: 'NONE', size: `many ${index}`.length });
      expect(result.digests).toEqual({ sha256: sha256(`many ${index}`) });
    });
    expect(readStats(engine.stats).jobs).toHaveLength(1);
    expect(batches(engine) - before).toBe(1n);
  });

  test('files of one name, by whatever path, and names that are not text are told apart', async () => {
    const engine = load();
    const name = Buffer.concat([bytes(`${folder.path}/raw`), Buffer.from([0xff])]);
    writeFileSync(name, 'raw');
    file('same');
    const asked = [name, Buffer.from(`${folder.path}/same`), Buffer.from(`${folder.path}/./same`)];
    const results = await Promise.all(asked.map((one) => engine.hash(one, { algorithms })));
    expect(results.map((result) => result.digests.sha256)).toEqual(['raw', 'same', 'same'].map(sha256));
  });

  test('what is missing, a folder or a name too long is told of that file alone', async () => {
    const engine = load();
    mkdirSync(path.join(folder.path, 'folder'));
    file('folder/inside');
    const asked = [path.join(folder.path, 'nothing'), path.join(folder.path, 'folder'), 'a'.repeat(70_000), file('ok')];
    const results = await Promise.all(asked.map((one) => engine.hash(one, { algorithms })));
    expect(results.map(({ status, error }) => [status, error])).toEqual([
      ['missing', 'ENOENT'],
      ['unreadable', 'EISDIR'],
      ['unreadable', 'ENAMETOOLONG'],
      ['ok', 'NONE'],
    ]);
    expect(results[0]!.digests).toEqual({});
  });

  test('calls that ask for other algorithms do not meet', async () => {
    const engine = load();
    const name = file('abc', 'abc');
    const [one, two, three] = await Promise.all([
      engine.hash(name, { algorithms: ['md5'] }),
      engine.hash(name, { algorithms: ['sha1', 'md5'] }),
      engine.hash(name, { algorithms: ['md5', 'sha1'] }),
    ]);
    expect(Object.keys(one!.digests)).toEqual(['md5']);
    expect(Object.keys(two!.digests).sort()).toEqual(['md5', 'sha1']);
    expect(three, 'the same algorithms in another order are the same').toBe(two);
  });

  test('more calls than a job takes become several jobs', async () => {
    const engine = load();
    const name = file('few');
    const asked = Array.from(
      { length: 10_000 },
      (_, index) => `${path.dirname(name)}/${'./'.repeat(index % 400)}${'/'.repeat(index / 400)}few`,
    );
    const results = await Promise.all(asked.map((one) => engine.hash(one, { algorithms })));
    expect(results.every((result) => Buffer.compare(result.digests.sha256!, sha256('few')) === 0)).toBe(true);
    expect(readStats(engine.stats).jobs).toHaveLength(3);
  });

  test('when the engine takes no further job, calls wait until one ends', async () => {
    const engine = load();
    const name = huge('full');
    const jobs = Array.from({ length: 64 }, () => engine.start(spec([name])));
    expect(() => engine.start(spec([name]))).toThrow(expect.objectContaining({ code: 'TOO_MANY_JOBS' }));
    const asked = engine.hash(file('late'), { algorithms });
    await nextTurn();
    for (const job of jobs) job.cancel();
    expect(await asked).toMatchObject({ status: 'ok' });
    await Promise.all(jobs.map((job) => job.done));
  });

  test('nobody waits for a huge file: its job is cancelled; somebody does: it goes on', async () => {
    const engine = load();
    const name = huge('given up');
    const [first, second] = [new AbortController(), new AbortController()];
    const asked = [first, second].map(({ signal }) => engine.hash(name, { algorithms, signal }));
    await vi.waitUntil(() => readStats(engine.stats).jobs.some((job) => job.bytesDone > 0));
    first.abort(new Error('enough'));
    await expect(asked[0]).rejects.toThrow('enough');
    await nextTurn();
    expect(readStats(engine.stats).jobs[0]!.state).toBe('running');
    second.abort();
    await expect(asked[1]).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await vi.waitUntil(() => readStats(engine.stats).jobs[0]!.state === 'cancelled');
    expect(await engine.hash(file('after'), { algorithms })).toMatchObject({ status: 'ok' });
  });

  test('closing rejects what is under way and what waits, and takes nothing more', async () => {
    const engine = load();
    const refused = expect.objectContaining({ code: 'ENGINE_CLOSED' });
    const running = engine.hash(huge('closing'), { algorithms });
    await vi.waitUntil(() => readStats(engine.stats).jobs.some((job) => job.bytesDone > 0));
    const waiting = engine.hash(file('never'), { algorithms });
    const outcome = Promise.allSettled([running, waiting]);
    await engine.close();
    for (const one of await outcome) expect(one).toMatchObject({ status: 'rejected', reason: refused });
    await expect(engine.hash(file('never'), { algorithms })).rejects.toThrow(refused);
  });
});

describe('a call is refused', () => {
  test.each([
    ['an empty path', '', algorithms, 'EMPTY_PATH'],
    ['a path with a NUL', 'a\0b', algorithms, 'BAD_PATH'],
    ['a path beyond the limit', 'a'.repeat(engineLimits.rootBytes + 1), algorithms, 'INPUT_TOO_LARGE'],
    ['no algorithm', 'a', [], 'NO_ALGORITHM'],
    ['an algorithm there is not', 'a', ['md6' as 'md5'], 'UNKNOWN_ALGORITHM'],
  ] as const)('for %s, and takes no other along', async (_, name, names, code) => {
    const engine = load();
    const good = engine.hash(file('good'), { algorithms });
    await expect(engine.hash(name, { algorithms: names })).rejects.toThrow(expect.objectContaining({ code }));
    expect(await good).toMatchObject({ status: 'ok' });
  });
});

describe('turn by turn', () => {
  const ok = { status: 'ok', digests: { sha256: sha256('x') } } as const;

  test('calls of one turn, also of async functions in it, are one job; those of the next another', async () => {
    const engine = new FakeEngine();
    const asked = [engine.hash('/a', { algorithms })];
    await null;
    asked.push(engine.hash('/b', { algorithms }));
    await nextTurn();
    asked.push(engine.hash('/c', { algorithms }));
    await nextTurn();
    expect(engine.jobs.map((job) => job.spec.roots.map((root) => Buffer.from(root).toString()))).toEqual([
      ['/a', '/b'],
      ['/c'],
    ]);
    expect(engine.jobs[0]!.spec).toMatchObject({ filesOnly: true, priority: 'interactive', algorithms: ['sha256'] });
    // In another order, under names that say nothing: the root's number decides.
    engine.jobs[0]!.emit([
      { name: '?', root: 1, size: 2, ...ok },
      { name: '?', root: 0, size: 1, ...ok },
    ]);
    engine.jobs[1]!.emit([{ name: '?', root: 0, size: 3, ...ok }]);
    expect((await Promise.all(asked)).map((result) => result.size)).toEqual([1, 2, 3]);
    expect(engine.jobs.map((job) => [job.unreleased, job.calls])).toEqual([
      [0, []],
      [0, []],
    ]);
  });

  test('a file asked for again while it is under way is not asked for twice', async () => {
    const engine = new FakeEngine();
    const first = engine.hash('/a', { algorithms });
    await nextTurn();
    const second = engine.hash('/a', { algorithms });
    await nextTurn();
    expect(engine.jobs).toHaveLength(1);
    engine.jobs[0]!.emit([{ name: '/a', root: 0, ...ok }]);
    expect(await second).toBe(await first);
    void engine.hash('/a', { algorithms }).catch(() => undefined);
    await nextTurn();
    expect(engine.jobs, 'asked for afterwards, it is read again').toHaveLength(2);
  });

  test('what is given up before the turn ends is not begun; the rest of its job is', async () => {
    const engine = new FakeEngine();
    const given = new AbortController();
    const dropped = engine.hash('/a', { algorithms, signal: given.signal });
    const kept = engine.hash('/b', { algorithms });
    given.abort();
    await expect(dropped).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await nextTurn();
    expect(engine.jobs[0]!.spec.roots.map((root) => Buffer.from(root).toString())).toEqual(['/b']);
    engine.jobs[0]!.emit([{ name: '', root: 0, ...ok }]);
    await kept;
    await expect(engine.hash('/c', { algorithms, signal: given.signal })).rejects.toThrow();
  });

  test('a job whose last wanted file is given up is cancelled, not one that is complete', async () => {
    const engine = new FakeEngine();
    const given = new AbortController();
    const dropped = engine.hash('/a', { algorithms, signal: given.signal });
    const kept = engine.hash('/b', { algorithms });
    await nextTurn();
    given.abort();
    await expect(dropped).rejects.toThrow();
    expect(engine.jobs[0]!.calls).toEqual([]);
    engine.jobs[0]!.emit([{ name: '', root: 1, ...ok }]);
    await kept;
    expect(engine.jobs[0]!.calls).toEqual(['cancel']);
  });

  test('interactive calls go first, and fetch what waits in the background', async () => {
    const engine = new FakeEngine();
    const background = ['/a', '/b'].map((name) => engine.hash(name, { algorithms, priority: 'background' }));
    const interactive = engine.hash('/b', { algorithms });
    await nextTurn();
    const asked = engine.jobs.map(({ spec: { priority, roots } }) => [
      priority,
      ...roots.map((root) => Buffer.from(root).toString()),
    ]);
    expect(asked).toEqual([
      ['interactive', '/b'],
      ['background', '/a'],
    ]);
    engine.jobs[0]!.emit([{ name: '', root: 0, ...ok }]);
    expect(await background[1]).toBe(await interactive);
  });

  test('what is being hashed in the background is hashed again for one who waits for it', async () => {
    const engine = new FakeEngine();
    void engine.hash('/a', { algorithms, priority: 'background' });
    await nextTurn();
    const interactive = engine.hash('/a', { algorithms });
    await nextTurn();
    expect(engine.jobs.map((job) => job.spec.priority)).toEqual(['background', 'interactive']);
    engine.jobs[1]!.emit([{ name: '', root: 0, ...ok }]);
    expect(await interactive).toMatchObject({ status: 'ok' });
  });

  test('a job that cannot begin, fails, or has no record for a file rejects its callers and no others', async () => {
    const engine = new FakeEngine();
    engine.refusal = new EngineError('KERNEL_UNAVAILABLE', 'no');
    await expect(engine.hash('/a', { algorithms })).rejects.toThrow(
      expect.objectContaining({ code: 'KERNEL_UNAVAILABLE' }),
    );
    engine.refusal = null;
    const failing = engine.hash('/a', { algorithms });
    await nextTurn();
    const silent = engine.hash('/b', { algorithms });
    await nextTurn();
    engine.jobs[0]!.fail(new EngineError('OUT_OF_MEMORY', 'no'));
    engine.jobs[1]!.finish();
    await expect(failing).rejects.toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY' }));
    await expect(silent).rejects.toThrow(expect.objectContaining({ code: 'NO_RESULT' }));
  });

  test('with sixteen jobs under way calls gather for the next', async () => {
    const engine = new FakeEngine();
    const calls = new SingleFileQueue((job) => engine.start(job));
    const asked: Promise<unknown>[] = [];
    for (let index = 0; index < 20; index++) {
      asked.push(calls.hash(`/${index}`, { algorithms }));
      await nextTurn();
    }
    expect(engine.jobs).toHaveLength(16);
    for (const job of engine.jobs.slice()) {
      job.emit([{ name: '', root: 0, ...ok }]);
      job.finish();
    }
    await nextTurn();
    expect(engine.jobs).toHaveLength(17);
    expect(engine.jobs[16]!.spec.roots).toHaveLength(4);
    calls.close();
    expect((await Promise.allSettled(asked)).filter((one) => one.status === 'rejected')).toHaveLength(4);
  });
});
