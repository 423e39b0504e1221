/** The web host over the real engine: real files, real sockets, and digests checked against Node's own. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { defaultSettings, type JobSummary } from '#shared/contract/models.ts';
import { readStats } from '#shared/stats/reader.ts';
import { temporaryFolder } from '../../app/testing/world.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { type Served, serve } from './testing/served.ts';

const walk = defaultSettings.walk;
let engine: Engine;

beforeAll(() => {
  engine = loadEngine({ threads: 2 });
});
afterAll(() => engine.close());

const enter = async (): Promise<Served<Engine>> => (await serve({ engine })).enter();
const md5 = (contents: string | Buffer): string => createHash('md5').update(contents).digest('hex');

async function until(client: ReturnType<Served['client']>, id: number, state: JobSummary['state']) {
  return vi.waitUntil(
    async () => {
      const job = (await client.jobs.list()).find((one) => one.id === id)!;
      return job.state === state && job;
    },
    { timeout: 15_000 },
  );
}

/** Takes in every batch of an ended job: name to digest, or to the status where there is none. */
async function results(served: Served<Engine>, job: JobSummary, window: string): Promise<Map<string, string>> {
  const channel = await served.bytes(window);
  channel.send({ kind: 'subscribe', jobId: job.id, sequence: 0 });
  const found = new Map<string, string>();
  for (let sequence = 0; sequence < job.batches; sequence++) {
    await vi.waitUntil(() => channel.frames.length > sequence);
    const batch = openBatch(channel.frames[sequence]!);
    expect(batch.sequence).toBe(sequence);
    for (let index = 0; index < batch.count; index++) {
      expect(found.has(batch.name(index)), 'each file once').toBe(false);
      found.set(batch.name(index), batch.digestText(index, 'md5') ?? batch.errorCode(index));
    }
    channel.send({ kind: 'acknowledge' });
  }
  channel.socket.close();
  return found;
}

test('a folder of many files, two jobs at once, a reload and an export: every digest is right', async () => {
  const served = await enter();
  const client = served.client();
  const folder = temporaryFolder();
  const expected = new Map<string, string>();
  for (let n = 0; n < 5_000; n++) {
    const name = path.join(folder, `sub ${n % 40}`, `file ${n}`);
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, `contents ${n}\n`.repeat(n % 7));
    expected.set(name, md5(`contents ${n}\n`.repeat(n % 7)));
  }
  const start = async (): Promise<JobSummary> => {
    const source = await client.sources.addPath({ path: folder });
    return client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5', 'sha256'], walk });
  };
  const jobs = [await start(), await start()];
  for (const [index, { id }] of jobs.entries()) {
    const ended = await until(client, id, 'finished');
    expect(ended).toMatchObject({ failure: null, totals: { files: 5_000, ok: 5_000, failed: 0, skipped: 0 } });
    expect(await results(served, ended, `window-00${index}`)).toEqual(expected);
    expect(await results(served, ended, `window-00${index}`), 'again, after a reload').toEqual(expected);
  }
  const outcome = await client.results.export({ jobs: [jobs[0]!.id], format: 'gnu', digestsOf: ['md5'] });
  const { body } = await served.ask((outcome as { url: string }).url);
  const lines = Array.from(expected, ([name, digest]) => `${digest}  ${name}`);
  expect(body.trimEnd().split('\n').sort()).toEqual(lines.sort());
});

test('uploads are hashed beside the files of the host, and one that breaks off is reported', async () => {
  const served = await enter();
  const client = served.client();
  const channel = await served.bytes('window-0001');
  const big = randomBytes(5_000_001).toString('latin1');
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'on the host'), 'host');
  const onHost = await client.sources.addPath({ path: folder });
  const upload = await client.sources.declareUpload({
    name: 'dropped',
    entries: [
      { path: 'dropped/big', size: Buffer.byteLength(big) },
      { path: 'dropped/empty', size: 0 },
      { path: 'dropped/short', size: 10 },
    ],
  });
  const job = await client.jobs.start({ kind: 'hash', sources: [upload.id, onHost.id], algorithms: ['md5'], walk });
  const statuses = await Promise.all([
    served.post(job.id, upload.id, 0, { body: [big.slice(0, 3_000_000), big.slice(3_000_000)] }),
    served.post(job.id, upload.id, 1),
    served.post(job.id, upload.id, 2, { body: ['short'] }),
  ]);
  expect(statuses.map((answer) => answer.status)).toEqual([204, 204, 400]);
  const ended = await until(client, job.id, 'finished');
  expect(ended.totals).toMatchObject({ files: 4, ok: 3, failed: 1 });
  expect(await results(served, ended, 'window-0002')).toEqual(
    new Map([
      [path.join(folder, 'on the host'), md5('host')],
      ['dropped/big', md5(big)],
      ['dropped/empty', md5('')],
      ['dropped/short', 'UPLOAD_ABORTED'],
    ]),
  );
  channel.socket.close();
});

test('a paused upload waits, and a cancel ends it and the job at once', async () => {
  const served = await enter();
  const client = served.client();
  const channel = await served.bytes('window-0001');
  const entries = Array.from({ length: 3 }, (_, n) => ({ path: `file ${n}`, size: 4_000_000 }));
  const upload = await client.sources.declareUpload({ name: 'dropped', entries });
  const job = await client.jobs.start({ kind: 'hash', sources: [upload.id], algorithms: ['md5'], walk });
  await client.jobs.pause({ id: job.id });
  let answered = false;
  const posting = served.post(job.id, upload.id, 0, { body: ['x'.repeat(4_000_000)] }).finally(() => {
    answered = true;
  });
  await vi.waitUntil(async () => {
    channel.send({ kind: 'stats' });
    await vi.waitUntil(() => channel.frames.length > 0);
    return readStats(channel.frames.pop()!).jobs.some((one) => one.jobId === job.id && one.state === 'paused');
  });
  expect(answered).toBe(false);
  const began = performance.now();
  await client.jobs.cancel({ id: job.id });
  expect((await posting).status).toBe(409);
  await until(client, job.id, 'cancelled');
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('a page that leaves in the middle of its uploads does not keep the job waiting', async () => {
  const served = await enter();
  const client = served.client();
  const channel = await served.bytes('window-0001');
  const entries = Array.from({ length: 500 }, (_, n) => ({ path: `file ${n}`, size: 1 }));
  const upload = await client.sources.declareUpload({ name: 'dropped', entries });
  const job = await client.jobs.start({ kind: 'hash', sources: [upload.id], algorithms: ['md5'], walk });
  await served.post(job.id, upload.id, 250, { body: ['x'] });
  channel.socket.close();
  const ended = await until(client, job.id, 'finished');
  expect(ended.totals).toMatchObject({ files: 500, ok: 1, failed: 499 });
});

test('closing the host in the middle of a huge file ends it at once', async () => {
  const served = await enter();
  const client = served.client();
  const huge = path.join(temporaryFolder(), 'huge');
  writeFileSync(huge, '');
  truncateSync(huge, 2 ** 40);
  const source = await client.sources.addPath({ path: huge });
  await client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5', 'sha512'], walk });
  const began = performance.now();
  await served.close();
  expect(performance.now() - began).toBeLessThan(1_000);
});
