import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { webRoutes } from '#shared/contract/bridge.ts';
import { defaultSettings, type JobSummary } from '#shared/contract/models.ts';
import { readStats } from '#shared/stats/reader.ts';
import { temporaryFolder } from '../../app/testing/world.ts';
import { contentDisposition, Downloads } from './downloads.ts';
import { type Served, serve } from './testing/served.ts';

const walk = defaultSettings.walk;
const digests = { md5: new Uint8Array(16).fill(0xab) };

async function startJob(served: Served) {
  const client = served.client();
  const source = await client.sources.addPath({ path: temporaryFolder() });
  const summary = await client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5'], walk });
  return { client, summary, job: served.engine.jobs.at(-1)! };
}

async function untilEnded(client: ReturnType<Served['client']>, id: number): Promise<JobSummary> {
  return vi.waitUntil(async () => {
    const job = (await client.jobs.list()).find((one) => one.id === id)!;
    return job.state !== 'running' && job;
  });
}

test('the paths of the command line wait as sources', async () => {
  const folder = temporaryFolder();
  const served = await (await serve({ paths: [folder, Buffer.from('/data/caf\xe9', 'latin1')] })).enter();
  expect(await served.client().sources.list()).toMatchObject([
    { kind: 'folder', path: folder },
    { kind: 'file', name: 'caf\ufffd' },
  ]);
});

test('a job runs over the two sockets: calls and events on one, batches and stats on the other', async () => {
  const served = await (await serve()).enter();
  const { client, summary, job } = await startJob(served);
  const events = await client.system.events();
  expect((await events.next()).value).toMatchObject({ kind: 'settings' });
  expect((await events.next()).value).toMatchObject({ kind: 'job', job: { id: summary.id, state: 'running' } });
  const channel = await served.bytes();
  channel.send({ kind: 'subscribe', jobId: summary.id, sequence: 0 });
  job.emit([{ name: 'a', digests }]);
  await vi.waitUntil(() => channel.frames.length === 1);
  expect(openBatch(channel.frames[0]!).digestText(0, 'md5')).toBe('ab'.repeat(16));
  expect((await client.system.process()).unacknowledgedBatches, 'both sockets are of one window').toBe(1);
  channel.send({ kind: 'acknowledge' });
  channel.send({ kind: 'stats' });
  await vi.waitUntil(() => channel.frames.length === 2);
  expect(readStats(channel.frames[1]!).jobs).toEqual([]);
  job.finish();
  expect((await events.next()).value).toMatchObject({ kind: 'status', job: { state: 'finished', batches: 1 } });
});

test('errors cross with code and words, unforeseen ones without theirs', async () => {
  const served = await (await serve()).enter();
  const client = served.client();
  await expect(client.jobs.pause({ id: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
  vi.spyOn(served.engine, 'start').mockImplementation(() => {
    throw new Error('a secret of the inside');
  });
  const source = await client.sources.addPath({ path: '/' });
  const failure = await client.jobs
    .start({ kind: 'hash', sources: [source.id], algorithms: ['md5'], walk })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  expect(JSON.stringify(failure)).not.toContain('secret');
  expect(served.errors).toMatchObject([{ message: 'a secret of the inside' }]);
});

test('broken frames and messages beyond the limit harm only their own socket', async () => {
  const served = await (await serve()).enter();
  const quiet = vi.spyOn(console, 'error').mockReturnValue();
  const rpc = served.connect(webRoutes.contract, {}, 'window-0002');
  await rpc.status;
  for (const nonsense of ['', '{', 'null', '[]', '{"i":1,"p":{}}', Buffer.from([0xff, 0xfe])])
    rpc.socket.send(nonsense);
  const channel = await served.bytes('window-0003');
  channel.socket.send('{');
  channel.socket.send(Buffer.from([1, 2, 3]));
  channel.send({ kind: 'stats' });
  await vi.waitUntil(() => channel.frames.length === 1);
  const closed = new Promise<number>((resolve) => channel.socket.on('close', resolve));
  channel.socket.send('x'.repeat(20 << 10));
  expect(await closed, 'message too big').toBe(1009);
  expect(await served.client('window-0004').system.info()).toMatchObject({ product: 'Hashlane' });
  quiet.mockRestore();
});

describe('uploads', () => {
  async function uploadJob(served: Served, sizes: readonly number[]) {
    const channel = await served.bytes();
    const client = served.client();
    const entries = sizes.map((size, n) => ({ path: `folder/file ${n}`, size }));
    const source = await client.sources.declareUpload({ name: 'folder', entries });
    const summary = await client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5'], walk });
    const job = served.engine.jobs.at(-1)!;
    return { channel, client, job, summary, post: served.post.bind(served, summary.id, source.id), source };
  }

  test('a posted file becomes a feed; the job ends once all were posted', async () => {
    const served = await (await serve()).enter();
    const { client, job, post, summary } = await uploadJob(served, [6, 0]);
    expect((await post(0, { body: ['abc', 'def'] })).status).toBe(204);
    expect((await post(1)).status).toBe(204);
    expect(job.feeds).toMatchObject([
      { name: 'folder/file 0', bytes: 'abcdef', end: 'complete' },
      { name: 'folder/file 1', bytes: '', end: 'complete' },
    ]);
    expect((await untilEnded(client, summary.id)).state).toBe('finished');
  });

  test('a body that is too short, too long or broken off aborts its file and no other', async () => {
    const served = await (await serve()).enter();
    const { job, post } = await uploadJob(served, [3, 3, 3, 3]);
    const short = await post(0, { body: ['ab'] });
    expect(short.status).toBe(400);
    expect(JSON.parse(short.body)).toEqual({
      code: 'UPLOAD_ABORTED',
      message: 'The upload sent fewer bytes than the 3 it declared.',
    });
    expect((await post(1, { body: ['abc', 'd'.repeat(300_000)] })).status).toBe(400);
    await expect(post(2, { body: ['ab', null], headers: { 'content-length': '3' } })).rejects.toThrow('broken off');
    expect((await post(3, { body: ['abc'] })).status).toBe(204);
    await vi.waitUntil(() => job.feeds.every((feed) => feed.end !== null));
    expect(job.feeds.map((feed) => feed.end)).toEqual([
      'UPLOAD_ABORTED',
      'UPLOAD_ABORTED',
      'UPLOAD_ABORTED',
      'complete',
    ]);
  });

  test('a file that the page cannot read is recorded with the reason that it tells, once', async () => {
    const served = await (await serve()).enter();
    const { client, job, summary, source } = await uploadJob(served, [3, 3]);
    const fail = (index: number, code: string) =>
      served.ask(`/upload/${summary.id}/${source.id}/${index}?failed=${code}`, {
        method: 'POST',
        headers: { origin: served.origin },
      });
    expect((await fail(0, 'EACCES')).status).toBe(204);
    expect((await fail(0, 'EACCES')).status).toBe(409);
    for (const code of ['', 'ENOSPC', 'constructor', '__proto__']) expect((await fail(1, code)).status, code).toBe(404);
    expect((await fail(1, 'ENOENT')).status).toBe(204);
    expect(job.feeds.map((feed) => feed.end)).toEqual(['EACCES', 'ENOENT']);
    await untilEnded(client, summary.id);
  });

  test('a file posted twice is refused, and so is one that was never declared', async () => {
    const served = await (await serve()).enter();
    const { post, source } = await uploadJob(served, [1, 1]);
    expect((await post(0, { body: ['x'] })).status).toBe(204);
    expect(await post(0, { body: ['x'] })).toMatchObject({ status: 409 });
    expect((await post(2, { body: ['x'] })).status).toBe(404);
    expect((await served.post(99, source.id, 1, { body: ['x'] })).status).toBe(404);
    for (const target of ['/upload', '/upload/1', '/upload/1/x/-1', '/upload/1/x/0/../1', '/upload/x/y/z']) {
      const answer = await served.ask(target, { method: 'POST', headers: { origin: served.origin } });
      expect(answer.status, target).toBe(404);
    }
    expect((await served.ask('/upload/1/x/0')).status, 'GET').toBe(405);
  });

  test('more posts than may run at once wait for their turn', async () => {
    const served = await (await serve()).enter();
    const sizes = Array.from({ length: 40 }, () => 1);
    const { job, post } = await uploadJob(served, sizes);
    let letGo = (): void => undefined;
    job.holdWrites = new Promise((resolve) => {
      letGo = resolve;
    });
    const posts = sizes.map((_, index) => post(index, { body: ['x'] }));
    await vi.waitUntil(() => job.feeds.length === 16);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(job.feeds).toHaveLength(16);
    letGo();
    expect((await Promise.all(posts)).map((answer) => answer.status)).toEqual(sizes.map(() => 204));
  });

  test('a page that is closed gives up the rest, so that its job ends', async () => {
    const served = await (await serve()).enter();
    const { channel, client, job, post, summary } = await uploadJob(served, [1, 1, 1]);
    await post(0, { body: ['x'] });
    channel.socket.close();
    await untilEnded(client, summary.id);
    expect(job.feeds.map((feed) => feed.end)).toEqual(['complete', 'UPLOAD_ABORTED', 'UPLOAD_ABORTED']);
  });
});

describe('exports', () => {
  test('are fetched once, under a name, and then no more', async () => {
    const served = await (await serve()).enter();
    const { client, job, summary } = await startJob(served);
    job.emit([{ name: '/d/a', size: 1, digests }]);
    job.finish();
    await untilEnded(client, summary.id);
    const outcome = await client.results.export({ jobs: [summary.id], format: 'gnu' });
    if (outcome.kind !== 'download') throw new Error(`not a download: ${outcome.kind}`);
    expect((await served.ask(outcome.url, { method: 'HEAD' })).status).toBe(405);
    const fetched = await served.ask(outcome.url);
    expect(fetched).toMatchObject({ status: 200, body: `${'ab'.repeat(16)}  /d/a\n` });
    expect(fetched.headers).toMatchObject({
      'content-disposition': `attachment; filename="hashlane.txt"; filename*=UTF-8''hashlane.txt`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect((await served.ask(outcome.url)).status).toBe(404);
    expect((await served.ask(`${webRoutes.export}/guess`)).status).toBe(404);
  });

  test('of results that were cleared meanwhile break off instead of pretending to be complete', async () => {
    const served = await (await serve()).enter();
    const { client, job, summary } = await startJob(served);
    job.emit([{ name: '/d/a', digests }]);
    job.finish();
    await untilEnded(client, summary.id);
    const outcome = await client.results.export({ jobs: [summary.id], format: 'json' });
    await client.jobs.forget({ ids: [summary.id] });
    await expect(served.ask((outcome as { url: string }).url)).rejects.toThrow();
  });

  test('are kept for a minute', async () => {
    let now = 0;
    const downloads = new Downloads(
      (error) => {
        throw error;
      },
      () => now,
    );
    const document = { mediaType: 'text/plain', suggestedName: 'a.txt', async *chunks() {} };
    const statusOf = async (url: string): Promise<number> => {
      const server = createServer((_request, response) => void downloads.serve(url, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const { status } = await fetch(`http://127.0.0.1:${port}/`);
      server.close();
      return status;
    };
    const [early, late] = [downloads.offer(document), downloads.offer(document)];
    now = 59_999;
    expect(await statusOf(early)).toBe(200);
    now = 60_000;
    expect(await statusOf(late)).toBe(404);
  });

  test('keep any name intact in their header', () => {
    expect(contentDisposition('a"b\\c é*.txt')).toBe(
      `attachment; filename="a_b_c _*.txt"; filename*=UTF-8''a%22b%5Cc%20%C3%A9%2A.txt`,
    );
    expect(contentDisposition('x\r\nSet-Cookie: a')).not.toMatch(/[\r\n]/);
  });
});

test('closing cancels what runs, breaks off uploads, ends sockets and frees the port', async () => {
  const served = await (await serve()).enter();
  const { summary, job, client } = await startJob(served);
  const events = await client.system.events();
  await events.next();
  const channel = await served.bytes();
  const ended = new Promise((resolve) => channel.socket.on('close', resolve));
  const source = await client.sources.declareUpload({ name: 'a', entries: [{ path: 'a', size: 5 }] });
  const upload = await client.jobs.start({ kind: 'hash', sources: [source.id], algorithms: ['md5'], walk });
  const posting = served.post(upload.id, source.id, 0, { body: ['ab', null], headers: { 'content-length': '5' } });
  const broken = posting.catch((error: Error) => error);
  await vi.waitUntil(() => served.engine.jobs[1]!.feeds.length === 1);
  await served.close();
  await ended;
  await broken;
  expect(job.calls).toContain('cancel');
  expect(summary.state).toBe('running');
  await expect(served.ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const again = await serve({ port: Number(served.url.port), dataFolder: path.join(temporaryFolder(), 'data') });
  expect(again.url.port).toBe(served.url.port);
});
