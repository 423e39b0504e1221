/** The addon in worker threads, and loaded more than once: no such use brings the process down. */
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/world.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const huge = path.join(folder.path, 'huge');
const descriptor = openSync(huge, 'w');
ftruncateSync(descriptor, 2 ** 40);
closeSync(descriptor);
const abc = path.join(folder.path, 'abc');
writeFileSync(abc, 'abc');
const data = { huge, abc };

/** The program again in a worker thread, with `role` to tell it what to do. */
const worker = `
  const worker = (role) => new Worker(new URL(import.meta.url), { workerData: role });
  const exitOf = (thread) => new Promise((resolve) => thread.on('exit', resolve));
  const messageOf = (thread) => new Promise((resolve, reject) => { thread.on('message', resolve); thread.on('error', reject); });
  const { parentPort } = await import('node:worker_threads');
  const md5 = async (engine) => Buffer.from((await engine.hash(data.abc, { algorithms: ['md5'] })).digests.md5).toString('hex');
`;
const digest = '900150983cd24fb0d6963f7d28e17f72';

describe('a worker thread', () => {
  test('loads the addon, runs jobs and ends by itself', async () => {
    const end = await run(
      `${worker}
       if (isMainThread) {
         const thread = worker('hash');
         const exit = exitOf(thread);
         say(await messageOf(thread));
         say('exit ' + await exit);
       } else parentPort.postMessage(await md5(load()));`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: [digest, 'exit 0'], errors: '' });
  });

  test('may be terminated in the middle of jobs, many at once, while main works on', async () => {
    const end = await run(
      `${worker}
       if (isMainThread) {
         const engine = load();
         const threads = Array.from({ length: 3 }, () => worker('huge'));
         await Promise.all(threads.map(messageOf));
         const hashed = md5(engine);
         say((await Promise.all(threads.map((thread) => thread.terminate()))).join());
         say(await hashed);
         say(await md5(engine));
       } else {
         const engine = load();
         engine.start(job([data.huge], { countAhead: true })).done.catch(() => {});
         void engine.measureSpeed('sha256', 300);
         await running(engine);
         parentPort.postMessage('running');
         setInterval(() => {}, 1000);
       }`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: ['1,1,1', digest, digest], errors: '' });
  });

  test('may exit or throw by itself in the middle of a job', async () => {
    const end = await run(
      `${worker}
       if (isMainThread) {
         for (const role of ['exit', 'throw']) {
           const thread = worker(role);
           thread.on('error', (error) => say(error.message));
           say(role + ' ' + await exitOf(thread));
         }
         say(await md5(load()));
       } else {
         const engine = load();
         engine.start(job([data.huge])).done.catch(() => {});
         await running(engine);
         if (workerData === 'exit') process.exit(5);
         throw new Error('on purpose');
       }`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: ['exit 5', 'on purpose', 'throw 1', digest], errors: '' });
  });

  test('that still runs jobs does not keep main from ending', async () => {
    const end = await run(
      `${worker}
       if (isMainThread) { await messageOf(worker('huge')); process.exit(4); }
       const engine = load();
       engine.start(job([data.huge])).done.catch(() => {});
       await running(engine);
       parentPort.postMessage('running');
       setInterval(() => {}, 1000);`,
      { data },
    );
    expect(end).toMatchObject({ status: 4, signal: null });
  });
});

describe('loaded again', () => {
  test('in main and several workers at once, each has engines of its own', async () => {
    const end = await run(
      `${worker}
       if (isMainThread) {
         const threads = Array.from({ length: 4 }, () => worker('hash'));
         const answers = await Promise.all([md5(load()), ...threads.map(messageOf)]);
         say(String(answers.every((answer) => answer === '${digest}')));
         for (const code of await Promise.all(threads.map((thread) => thread.terminate()))) if (code > 1) say('bad exit');
       } else { parentPort.postMessage(await md5(load())); }`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: ['true'], errors: '' });
  });

  test('with the cache of require cleared, and with process.dlopen, old and new work side by side', async () => {
    const end = await run(
      `${worker}
       const first = load();
       const require = createRequire(addonPath);
       const one = require(addonPath);
       delete require.cache[addonPath];
       const two = require(addonPath);
       const three = { exports: {} };
       process.dlopen(three, addonPath);
       say([one !== two, one.version === two.version, two.version === three.exports.version].join());
       const shared = (addon, length) => {
         const buffer = new SharedArrayBuffer(length + 64);
         return new Uint8Array(buffer, (64 - addon.alignmentOf(new Uint8Array(buffer))) % 64, length);
       };
       for (const addon of [one, two, three.exports]) {
         const ended = await new Promise((resolve) => {
           const engine = new addon.Engine({ threads: 1, memoryLimit: 32 << 20, slabs: shared(addon, 1 << 20), slabBytes: 512 << 10,
             stats: shared(addon, addon.statsSlots * 8),
             listener: (kind, id, a) => { if (kind === 'batch') engine.releaseSlab(a); if (kind === 'end') { engine.unref(); resolve(a); } } });
           engine.start({ roots: [Buffer.from(data.abc)], algorithmIds: [0], walkOrder: false, hidden: true, followSymlinks: false,
             oneFileSystem: false, filesOnly: true, maxDepth: undefined, include: [], exclude: [], ignore: [], countAhead: false, feeds: 0, feedBytes: 0 });
         });
         say('ok ' + ended.ok);
       }
       say(await md5(first));`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: ['true,true,true', 'ok 1', 'ok 1', 'ok 1', digest], errors: '' });
  });

  test('many engines in a row leave nothing behind that adds up', async () => {
    const end = await run(
      `${worker}
       const { readdirSync } = await import('node:fs');
       const threads = () => readdirSync('/proc/self/task').length;
       const round = async () => { const engine = load(); await md5(engine); await engine.close(); };
       await round();
       const before = threads();
       for (let n = 0; n < 20; n++) await round();
       say(String(threads() - before));`,
      { data },
    );
    expect(end).toMatchObject({ status: 0, said: ['0'], errors: '' });
  });
});
