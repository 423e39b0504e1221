/** A process may end however it likes in the middle of a job: it neither crashes nor hangs. */
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/world.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Zeros that take no room; reading them to the end takes many minutes. */
const huge = path.join(folder.path, 'huge');
const descriptor = openSync(huge, 'w');
ftruncateSync(descriptor, 2 ** 40);
closeSync(descriptor);
const data = { huge };

/** A job in lanes, one in blocks and one in pieces at once, all in the middle of a file. */
const atWork = `
  const engine = load();
  for (const algorithms of [['md5'], ['sha256', 'blake3'], ['ed2k']]) {
    engine.start(job([data.huge], { algorithms, countAhead: true })).done.catch(() => {});
  }
  await running(engine);
`;

describe('in the middle of jobs', () => {
  test('process.exit ends the process with its status', async () => {
    expect(await run(`${atWork} process.exit(7);`, { data })).toMatchObject({ status: 7, errors: '' });
  });

  test('an uncaught exception ends it with status 1', async () => {
    const end = await run(`${atWork} setTimeout(() => { throw new Error('on purpose'); });`, { data });
    expect(end.status).toBe(1);
    expect(end.errors).toContain('on purpose');
  });

  test('a rejection that nobody handles ends it with status 1', async () => {
    expect(await run(`${atWork} Promise.reject(new Error('on purpose'));`, { data })).toMatchObject({ status: 1 });
  });

  test('SIGTERM ends it by that signal', async () => {
    const end = await run(`${atWork} say('ready'); setInterval(() => {}, 1000);`, {
      data,
      onLine: (_, pid) => process.kill(pid, 'SIGTERM'),
    });
    expect(end).toMatchObject({ status: null, signal: 'SIGTERM', errors: '' });
  });

  test('SIGTERM that is handled leaves time to close, and the process ends by itself', async () => {
    const end = await run(
      `${atWork} process.on('SIGTERM', async () => { await engine.close(); say('closed'); clearInterval(alive); });
       const alive = setInterval(() => {}, 1000); say('ready');`,
      { data, onLine: (line, pid) => line === 'ready' && process.kill(pid, 'SIGTERM') },
    );
    expect(end).toMatchObject({ status: 0, said: ['ready', 'closed'], errors: '' });
  });
});

describe('while speed is measured', () => {
  const measuring = `
    const addon = createRequire(import.meta.url)(addonPath);
    addon.measureSpeed(0, 60_000, new Uint8Array(new SharedArrayBuffer(1))).catch(() => {});
    await sleep(50);
  `;

  test('process.exit ends the process at once', async () => {
    expect(await run(`${measuring} process.exit(7);`, { seconds: 10 })).toMatchObject({ status: 7, errors: '' });
  });

  test('terminate ends a worker thread at once', async () => {
    const end = await run(
      `if (isMainThread) {
         const worker = new Worker(new URL(import.meta.url));
         worker.on('message', async () => { await worker.terminate(); say('terminated'); });
       } else {
         ${measuring}
         const { parentPort } = await import('node:worker_threads');
         parentPort.postMessage('measures');
       }`,
      { seconds: 10 },
    );
    expect(end).toMatchObject({ status: 0, said: ['terminated'], errors: '' });
  });
});

describe('the end of the main script', () => {
  test('comes after the end of the jobs, and needs no close', async () => {
    const end = await run(
      `const engine = load();
       engine.start(job([process.execPath])).done.then(({ ok }) => say('done ' + ok));`,
    );
    expect(end).toMatchObject({ status: 0, said: ['done 1'], errors: '' });
  });

  test('is not held up by an engine without work', async () => {
    expect(await run('load(); load(); say("end");')).toMatchObject({ status: 0, said: ['end'] });
  });

  test('comes after the answers of single calls', async () => {
    const end = await run(`load().hash(process.execPath, { algorithms: ['md5'] }).then(({ status }) => say(status));`);
    expect(end).toMatchObject({ status: 0, said: ['ok'], errors: '' });
  });
});

test('an engine that nobody holds any more is collected with its jobs under way', async () => {
  const end = await run(
    `const { setFlagsFromString } = await import('node:v8');
     const { runInNewContext } = await import('node:vm');
     setFlagsFromString('--expose-gc');
     const gc = runInNewContext('gc');
     for (let round = 0; round < 5; round++) {
       let engine = load();
       engine.start(job([data.huge])).done.catch(() => {});
       await running(engine);
       engine = undefined;
       for (let turn = 0; turn < 5; turn++) { gc(); await sleep(1); }
     }
     process.exit(3);`,
    { data },
  );
  expect(end).toMatchObject({ status: 3, errors: '' });
});

test('a consumer that throws, whenever it does, costs its own job alone', async () => {
  const end = await run(
    `const engine = load();
     process.on('uncaughtException', (error) => say('uncaught ' + error.message));
     const failing = engine.start(job([data.folder], { onBatch: () => { throw new Error('full'); } }));
     await failing.done.catch((error) => say('rejected ' + error.message));
     const late = engine.start(job([process.execPath], { onBatch: (batch, release) => { release(); throw new Error('late'); } }));
     await late.done.catch((error) => say('rejected ' + error.message));
     const strange = engine.start(job([process.execPath], { onBatch: () => { throw undefined; } }));
     await strange.done.catch((error) => say('rejected ' + error));
     const good = await engine.start(job([process.execPath])).done;
     say('ok ' + good.ok);
     await engine.close();`,
    { data: { folder: import.meta.dirname } },
  );
  expect(end).toMatchObject({
    status: 0,
    said: ['rejected full', 'rejected late', 'rejected undefined', 'ok 1'],
    errors: '',
  });
});
