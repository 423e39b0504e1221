/**
 * Values that no caller of ours hands over, straight to the addon: each is refused by an exception, and an engine
 * beside it goes on. In a process of its own, for a crash would take the tests along.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/world.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
writeFileSync(path.join(folder.path, 'abc'), 'abc');
const data = { abc: path.join(folder.path, 'abc') };

const hostile = `
  const addon = createRequire(addonPath)(addonPath);
  const shared = (length) => {
    const buffer = new SharedArrayBuffer(length + 64);
    return new Uint8Array(buffer, (64 - addon.alignmentOf(new Uint8Array(buffer))) % 64, length);
  };
  const options = () => ({ threads: 1, memoryLimit: 32 << 20, slabs: shared(1 << 20), slabBytes: 512 << 10,
    stats: shared(addon.statsSlots * 8), listener: () => {} });
  const spec = () => ({ roots: [Buffer.from(data.abc)], algorithmIds: [0], walkOrder: false, hidden: true, followSymlinks: false,
    oneFileSystem: false, filesOnly: true, maxDepth: undefined, include: [], exclude: [], ignore: [], countAhead: false, feeds: 1, feedBytes: 0 });
  const throwing = new Proxy({}, { get() { throw new Error('getter'); } });
  const detached = new Uint8Array(64); structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const shrinking = () => new Proxy([], { get: (_, name) => name === 'length' ? 1e9 : undefined });
  const nasty = () => [
    undefined, null, true, '', 'text', 'x'.repeat(1 << 21), 0, -0, -1, 1.5, NaN, Infinity, -Infinity, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 64, 1e308,
    1n, Symbol('s'), () => {}, class {}, {}, [], [[]], [undefined], [NaN], [-1], [2 ** 32], [64], [1e9], new Array(2 ** 32 - 1), throwing,
    new Proxy([], {}), shrinking(), detached, [detached], new Uint8Array(0), [new Uint8Array(2 << 20)], new Uint8Array(1 << 20), new Uint8Array(shared(100).buffer, 1),
    new Float64Array(8), new DataView(new ArrayBuffer(8)), new ArrayBuffer(8), new SharedArrayBuffer(8), shared(0), shared(63), shared(1 << 20),
    new Date(), /x/, new Map(), Promise.resolve(), globalThis, Object.create(null), new addon.Engine(options()),
    { toString() { throw new Error('text'); }, valueOf() { throw new Error('value'); } },
  ];
  const attempt = (act) => { try { return act(); } catch (error) { if (!(error instanceof Error)) say('no error: ' + String(error)); } };
`;

const works = `
  const good = load();
  const { digests } = await good.hash(data.abc, { algorithms: ['md5'] });
  say(Buffer.from(digests.md5).toString('hex'));
`;
const fine = { status: 0, said: ['900150983cd24fb0d6963f7d28e17f72'], errors: '' };

test('a time to give up after that is beyond its limit is refused, not cut', async () => {
  const end = await run(
    `${hostile}
     for (const giveUpAfterMs of [86_400_001, 2 ** 44, 2 ** 53 - 1]) {
       try { new addon.Engine({ ...options(), giveUpAfterMs }); say('taken ' + giveUpAfterMs); } catch (error) { say(error.name); }
     }
     new addon.Engine({ ...options(), giveUpAfterMs: 86_400_000 }).close();`,
    { data },
  );
  expect(end).toMatchObject({ status: 0, said: ['RangeError', 'RangeError', 'RangeError'] });
});

test('totals of a job are not read from memory that JavaScript writes to', async () => {
  const end = await run(
    `${hostile}
     const given = options();
     let ended;
     const end = new Promise((resolve) => { ended = resolve; });
     const engine = new addon.Engine({ ...given, listener: (kind, _job, value) => kind === 'end' && ended(value) });
     const { id } = engine.start({ ...spec(), feeds: 1 });
     const feed = engine.openFeed(id, Buffer.from('feed'), 0, undefined);
     while (!new Uint8Array(given.stats).some(Boolean)) await sleep(1);
     await sleep(100);
     given.stats.fill(255);
     engine.endFeed(feed);
     const { files, bytes, ok, failed, skipped, filteredOut, elapsedMs } = await end;
     say([files, bytes, ok, failed, skipped, filteredOut].join());
     say(String(elapsedMs < 60_000));
     process.exit(0);`,
    { data },
  );
  expect(end).toMatchObject({ status: 0, said: ['2,3,2,0,0,0', 'true'] });
});

test('each member of the options and of a job, each argument of each method', { timeout: 90_000 }, async () => {
  const end = await run(
    `${hostile}
     for (const name of Object.keys(options())) for (const value of nasty()) attempt(() => new addon.Engine({ ...options(), [name]: value }));
     for (const value of nasty()) { attempt(() => new addon.Engine(value)); attempt(() => addon.Engine(value)); attempt(() => addon.alignmentOf(value)); }
     for (const name of Object.keys(spec())) {
       const engine = new addon.Engine(options());
       for (const value of nasty()) attempt(() => engine.start({ ...spec(), feeds: 0, [name]: value }));
       engine.close();
     }
     const methods = Object.getOwnPropertyNames(addon.Engine.prototype).filter((name) => name !== 'constructor' && name !== 'close');
     const engine = new addon.Engine(options());
     const { id } = engine.start(spec());
     const feed = engine.openFeed(id, Buffer.from('feed'), 0, undefined);
     const base = { openFeed: [id, Buffer.from('n'), 0, 1], writeFeed: [feed, Buffer.from('x')], endFeed: [feed], abortFeed: [feed, 1] };
     for (const name of methods) {
       const usual = base[name] ?? [id];
       attempt(() => engine[name]());
       for (const value of nasty()) for (let at = 0; at < usual.length; at++) attempt(() => engine[name](...usual.with(at, value)));
       for (const value of nasty()) attempt(() => engine[name].call(value, ...usual));
     }
     for (let at = 0; at < 3; at++) for (const value of nasty()) attempt(() => addon.measureSpeed(...[0, 1, shared(1)].with(at, value))?.catch?.(() => {}));
     engine.close();
     for (const name of methods) attempt(() => engine[name](1, Buffer.from('x'), 0));
     ${works}`,
    { data, seconds: 80 },
  );
  expect(end).toMatchObject(fine);
});

test('getters that throw, give another value the second time, or close the engine in between', async () => {
  const end = await run(
    `${hostile}
     for (const name of Object.keys(options())) {
       const values = options();
       attempt(() => new addon.Engine({ ...values, get [name]() { throw new Error('on purpose'); } }));
       let asked = 0;
       attempt(() => { const engine = new addon.Engine({ ...values, get [name]() { return asked++ === 0 ? options()[name] : new Uint8Array(8); } }); engine.start({ ...spec(), feeds: 0 }); });
     }
     for (const name of Object.keys(spec())) {
       const engine = new addon.Engine(options());
       attempt(() => engine.start({ ...spec(), get [name]() { throw new Error('on purpose'); } }));
       attempt(() => engine.start({ ...spec(), get [name]() { engine.close(); return spec()[name]; } }));
     }
     const roots = [Buffer.from('a'), Buffer.from('b')];
     const engine = new addon.Engine(options());
     Object.defineProperty(roots, 0, { get() { roots.length = 1; engine.close(); return Buffer.from('a'); } });
     attempt(() => engine.start({ ...spec(), roots }));
     ${works}
     // Jobs whose listener never lets go of them keep the process alive.
     process.exit(0);`,
    { data },
  );
  expect(end).toMatchObject(fine);
});

test('a listener that throws, starts and closes from within its call', async () => {
  const end = await run(
    `${hostile}
     process.on('uncaughtException', (error) => { if (error.message !== 'on purpose') say(error.message); });
     for (let round = 0; round < 20; round++) {
       const engine = new addon.Engine({ ...options(), listener(kind) {
         if (round % 4 === 0) throw new Error('on purpose');
         if (round % 4 === 1) engine.close();
         if (round % 4 === 2 && kind === 'end') { attempt(() => engine.start({ ...spec(), feeds: 0 })); engine.close(); }
         if (round % 4 === 3) { engine.releaseSlab(0); engine.releaseSlab(0); engine.unref(); engine.unref(); }
       } });
       engine.start({ ...spec(), feeds: 0 });
       await sleep(20);
     }
     ${works}
     process.exit(0);`,
    { data },
  );
  expect(end).toMatchObject(fine);
});

test('a thousand calls made up at random, the same every time', { timeout: 90_000 }, async () => {
  const end = await run(
    `${hostile}
     let state = 12345;
     const random = (below) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % below; };
     const pick = (list) => list[random(list.length)];
     const values = nasty();
     const mixed = (object) => {
       const made = { ...object };
       for (let n = random(4); n > 0; n--) made[pick(Object.keys(object))] = pick(values);
       return made;
     };
     const methods = Object.getOwnPropertyNames(addon.Engine.prototype).filter((name) => name !== 'constructor');
     for (let round = 0; round < 100; round++) {
       const engine = attempt(() => new addon.Engine(mixed(options()))) ?? new addon.Engine(options());
       const ids = [0, 1, 2, 3];
       for (let n = 0; n < 10; n++) {
         const started = attempt(() => engine.start({ ...mixed(spec()), roots: [Buffer.from(data.abc)] }));
         if (started) ids.push(started.id);
         const feed = attempt(() => engine.openFeed(pick(ids), Buffer.from('f'), random(9), pick([undefined, 1])));
         if (feed) ids.push(feed);
         attempt(() => engine[pick(methods)](pick([...ids, ...values]), pick([...values, Buffer.from('x')]), pick([0, 1, pick(values)]), pick(values)));
       }
       if (round % 10 === 0) await sleep(1);
       attempt(() => engine.close());
     }
     ${works}`,
    { data, seconds: 80 },
  );
  expect(end).toMatchObject(fine);
});
