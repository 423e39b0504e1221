/** Clients that take too much, too slowly or too often. Each has its connection taken away and harms nobody else. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { socketProtocol, socketSecretPrefix, webRoutes } from '#shared/contract/bridge.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import { type Served, serve } from './testing/served.ts';

/** A connection without HTTP, and what came over it. */
async function raw(
  served: Served,
  { allowHalfOpen = false } = {},
): Promise<{ socket: Socket; closed: Promise<unknown>; received: () => string }> {
  const socket = connect({ port: Number(served.url.port), host: '127.0.0.1', allowHalfOpen });
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  return { socket, closed, received: () => received };
}

/** Fails the test when nothing happens for long. */
const soon = <T>(what: Promise<T>): Promise<T | 'nothing'> => Promise.race([what, pause(10_000, 'nothing' as const)]);

describe('a slow client', () => {
  const limits = { headersMs: 1_000, checkMs: 50 };

  test('that says nothing is let go', async () => {
    const { closed } = await raw(await serve({ limits }));
    expect(await soon(closed)).not.toBe('nothing');
  });

  test('that sends its headers drop by drop is let go, and others are served meanwhile', async () => {
    const served = await (await serve({ limits })).enter();
    const { socket, closed, received } = await raw(served);
    socket.write(`GET / HTTP/1.1\r\nHost: ${served.url.host}\r\n`);
    const drops = setInterval(() => socket.writable && socket.write('X-Drop: 1\r\n'), 20);
    onTestFinished(() => clearInterval(drops));
    expect((await served.ask('/')).status).toBe(200);
    expect(await soon(closed)).not.toBe('nothing');
    expect(received()).toContain('408');
  });

  test('that stops in the middle of a file gets the file aborted, and its connection is closed', async () => {
    const served = await (await serve({ limits: { idleBodyMs: 100 } })).enter();
    const client = served.client();
    const source = await client.sources.declareUpload({ name: 'a', entries: [{ path: 'a', size: 100 }] });
    const summary = await client.jobs.start({
      kind: 'hash',
      sources: [source.id],
      algorithms: ['md5'],
      walk: defaultSettings.walk,
    });
    const { socket, closed } = await raw(served);
    socket.write(
      `POST ${webRoutes.upload}/${summary.id}/${source.id}/0 HTTP/1.1\r\nHost: ${served.url.host}\r\nOrigin: ${served.origin}\r\n` +
        `Authorization: Bearer ${served.secret}\r\nContent-Length: 100\r\n\r\nten bytes.`,
    );
    expect(await soon(closed)).not.toBe('nothing');
    expect(served.engine.jobs[0]!.feeds).toMatchObject([{ bytes: 'ten bytes.', end: 'UPLOAD_ABORTED' }]);
  });

  test('that sends a body drop by drop where none is wanted gets its answer and is let go', async () => {
    const served = await (await serve({ limits: { keepAliveMs: 500 } })).enter();
    const { socket, closed, received } = await raw(served);
    socket.write(`GET /favicon.svg HTTP/1.1\r\nHost: ${served.url.host}\r\nContent-Length: 9000\r\n\r\n`);
    // Were it waited for, each drop would begin the time between requests anew.
    const drops = setInterval(() => socket.writable && socket.write('.'), 50);
    onTestFinished(() => clearInterval(drops));
    expect(await soon(closed)).not.toBe('nothing');
    expect(received()).toContain('<svg/>');
  });

  test('that keeps a connection and asks nothing more is let go', async () => {
    const served = await (await serve({ limits: { keepAliveMs: 100 } })).enter();
    const { socket, closed } = await raw(served);
    socket.write(`GET /favicon.svg HTTP/1.1\r\nHost: ${served.url.host}\r\n\r\n`);
    expect(await soon(closed)).not.toBe('nothing');
  });

  test('that no longer answers on its socket is let go', async () => {
    const served = await (await serve({ limits: { heartbeatMs: 50 } })).enter();
    const address = `ws://${served.url.host}${webRoutes.bytes}?window=window-0001`;
    const protocols = [socketProtocol, socketSecretPrefix + served.secret!];
    const socket = new WebSocket(address, protocols, { headers: { origin: served.origin }, autoPong: false });
    onTestFinished(() => socket.terminate());
    expect(await soon(once(socket, 'close'))).not.toBe('nothing');
  });
});

describe('a greedy client', () => {
  test('gets no more connections than there are', async () => {
    const served = await serve({ limits: { connections: 3 } });
    for (let number = 0; number < 3; number++) await raw(served);
    const { closed } = await raw(served);
    expect(await soon(closed)).not.toBe('nothing');
  });

  test('gets no more sockets than there are, and one again when one is given back', async () => {
    const served = await (await serve({ limits: { sockets: 2 } })).enter();
    const sockets = [served.connect(webRoutes.contract), served.connect(webRoutes.bytes)];
    for (const { status } of sockets) expect(await status).toBe(101);
    expect(await served.connect(webRoutes.bytes).status).toBe(503);
    sockets[0]!.socket.close();
    await once(sockets[0]!.socket, 'close');
    await vi.waitUntil(async () => (await served.connect(webRoutes.contract).status) === 101);
  });

  test('that floods its socket with calls loses it, and no other does', async () => {
    const limits = { calls: { perSecond: 10, burst: 20 } };
    const served = await (await serve({ limits })).enter();
    const other = served.client('window-0009');
    await other.system.info();
    const { socket, status } = served.connect(webRoutes.contract);
    await status;
    const closed = once(socket, 'close');
    for (let call = 0; call < 200; call++) socket.send('{"i":"1","p":{"u":"/system/info"}}');
    expect(await soon(closed)).not.toBe('nothing');
    expect(await other.system.info()).toMatchObject({ product: 'Hashlane' });
  });

  test('that floods its byte channel loses it', async () => {
    const served = await (await serve()).enter();
    const { socket, send } = await served.bytes();
    const closed = once(socket, 'close');
    for (let message = 0; message < 5_000; message++) send({ kind: 'stats' });
    expect(await soon(closed)).not.toBe('nothing');
  });

  test('is refused headers beyond their limit', async () => {
    const served = await (await serve()).enter();
    const asked = served.ask('/', { headers: { 'x-large': 'x'.repeat(1_100_000) } });
    // The connection may be closed before all of them were sent, and then the answer is lost on the way.
    const outcome = await asked.then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(outcome);
  });

  test('cannot lock the person out with the cookies that a browser sends to every port', async () => {
    const served = await (await serve()).enter();
    const cookie = Array.from({ length: 180 }, (_, index) => `c${index}=${'x'.repeat(4_000)}`).join('; ');
    expect((await served.ask('/', { headers: { cookie } })).status).toBe(200);
  });

  test('that is refused sockets and never closes them holds no connection', async () => {
    const served = await serve({ limits: { connections: 40 } });
    for (let attempt = 0; attempt < 120; attempt++) {
      const { socket } = await raw(served, { allowHalfOpen: true });
      const ended = once(socket, 'end');
      socket.write(
        `GET ${webRoutes.bytes}?window=window-0001 HTTP/1.1\r\nHost: ${served.url.host}\r\nConnection: Upgrade\r\n` +
          `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      );
      expect(await soon(ended)).not.toBe('nothing');
    }
    expect((await served.ask('/')).status).toBe(200);
  });

  test('that does not read its answers gets no more of them', async () => {
    const paths = Array.from({ length: 2_000 }, (_, index) => `/${'x'.repeat(4_000)}${index}`);
    const served = await (await serve({ paths })).enter();
    const { socket, status } = served.connect(webRoutes.contract);
    await status;
    const answers: string[] = [];
    socket.on('message', (data: Buffer) => answers.push(data.subarray(0, 200).toString('latin1')));
    socket.pause();
    const calls = 40;
    for (let call = 0; call < calls; call++) socket.send(`{"i":"${call}","p":{"u":"/sources/list"}}`);
    // Another window's call is answered once the server has taken these in.
    await served.client('window-0002').system.info();
    socket.resume();
    await vi.waitUntil(() => answers.length === calls, { timeout: 15_000 });
    expect(answers.filter((answer) => answer.includes('CONFLICT')).length).toBeGreaterThan(0);
  });

  test('sends no call beyond the limit', async () => {
    const served = await (await serve()).enter();
    const { socket, status } = served.connect(webRoutes.contract);
    await status;
    const closed = once(socket, 'close');
    socket.send(Buffer.alloc((128 << 20) + 1, 0x20).toString('latin1'));
    expect((await closed)[0]).toBe(1009);
  });
});

test('messages that are no calls are counted in single lines, and the calls after them are answered', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const served = await (await serve()).enter();
  const { socket, status } = served.connect(webRoutes.contract, {}, 'window-of-nonsense');
  expect(await status).toBe(101);
  const answer = new Promise<string>((resolve) => socket.on('message', (data) => resolve(String(data))));
  const nonsense = [
    'no JSON',
    '{}',
    'null',
    '[]',
    '{"i":"1","p":{}}',
    '{"i":"1","t":3}',
    '{"i":"2","p":{"u":"http://["}}',
  ];
  for (let n = 0; n < 15; n++) socket.send(nonsense[n % nonsense.length]!);
  socket.send(Buffer.from([1, 2, 3]));
  socket.send('{"i":"1","p":{"u":"/jobs/list","b":{}}}');
  expect(JSON.parse(await answer)).toMatchObject({ i: '1', p: { b: { json: [] } } });
  expect(served.errors.map(String)).toEqual([
    'messages from pages that are no calls: 1',
    'messages from pages that are no calls: 10',
  ]);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
