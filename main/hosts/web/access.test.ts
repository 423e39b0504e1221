import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { socketProtocol, webRoutes } from '#shared/contract/bridge.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { Access, tokenLifetimeMs } from './access.ts';
import { assetsFolder, serve } from './testing/served.ts';
import { startWebHost } from './web-host.ts';

describe('the address', () => {
  test('carries a token where browsers send it to nobody, and it is exchanged for the secret once', async () => {
    const served = await serve();
    expect(served.url.search).toBe('');
    expect(Buffer.from(served.token, 'base64url')).toHaveLength(32);
    const first = await served.exchange();
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(Buffer.from(first.body, 'base64url')).toHaveLength(32);
    expect(first.body).not.toBe(served.token);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect((await served.exchange()).status).toBe(401);
  });

  test('is new each time it is asked for, and each opens the app', async () => {
    const served = await serve();
    const other = new URL(served.newAddress());
    const token = new URLSearchParams(other.hash.slice(1)).get('token')!;
    expect(token).not.toBe(served.token);
    expect((await served.exchange(token)).body).toBe((await served.exchange()).body);
  });

  test('opens nothing after a minute', () => {
    let now = 0;
    const access = new Access(['127.0.0.1'], 1234, () => now);
    const [early, late] = [access.issueToken(), access.issueToken()];
    now = tokenLifetimeMs - 1;
    expect(access.exchange(early)).not.toBeNull();
    now = tokenLifetimeMs;
    expect(access.exchange(late)).toBeNull();
  });

  test('is one of the newest: who asks for many cannot fill the memory', () => {
    const access = new Access(['127.0.0.1'], 1234);
    const tokens = Array.from({ length: 100 }, () => access.issueToken());
    expect(access.exchange(tokens[0]!)).toBeNull();
    expect(access.exchange(tokens.at(-1)!)).not.toBeNull();
  });

  test.each(['', 'wrong', 'x'.repeat(10_000)])('with another token opens nothing: %.10s', async (token) => {
    expect((await (await serve()).exchange(token)).status).toBe(401);
  });

  test('of one run means nothing to another, nor does its secret', async () => {
    const [one, other] = [await serve(), await serve()];
    expect((await other.exchange(one.token)).status).toBe(401);
    await one.enter();
    other.secret = one.secret;
    expect((await other.ask(webRoutes.session)).status).toBe(401);
  });

  test('is exchanged for our own page only', async () => {
    const served = await serve();
    expect((await served.exchange(served.token, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await served.exchange()).status).toBe(200);
  });

  test('has the number of the address that is bound', async () => {
    const served = await serve({ host: 'localhost' });
    expect(served.url.hostname).toBe('127.0.0.1');
  });
});

describe('the secret', () => {
  test.each([undefined, '', 'wrong', 'Basic eDp4'])('is needed for uploads: %s', async (given) => {
    const served = await serve();
    const headers: Record<string, string> = given === undefined ? {} : { authorization: `Bearer ${given}` };
    expect((await served.post(1, 'x', 0, { headers })).status).toBe(401);
  });

  test('lets the page see whether it is still good', async () => {
    const served = await serve();
    expect((await served.ask(webRoutes.session)).status).toBe(401);
    await served.enter();
    expect((await served.ask(webRoutes.session)).status).toBe(204);
  });

  test('in a cookie or in the address is none', async () => {
    const served = await (await serve()).enter();
    const { secret } = served;
    served.secret = null;
    for (const cookie of [`hashlane=${secret}`, `hashlane-${served.url.port}=${secret}`]) {
      expect((await served.post(1, 'x', 0, { headers: { cookie } })).status).toBe(401);
      expect(await served.connect(webRoutes.contract, { cookie }).status).toBe(401);
    }
    expect(await served.connect(`${webRoutes.contract}?token=${secret}&x=`).status).toBe(401);
  });

  test('is not needed for the files of the page, which hold none', async () => {
    const served = await serve();
    expect(await served.ask('/')).toMatchObject({ status: 200, body: expect.stringContaining('The window') });
    expect((await served.ask('/export/x')).status).toBe(404);
  });
});

describe('with the right secret all the same', () => {
  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example:PORT', '192.168.1.1:PORT'])(
    'the Host %j is refused: a rebound name is not ours',
    async (host) => {
      const served = await (await serve()).enter();
      const asked = host.replace('PORT', served.url.port);
      expect((await served.ask('/', { headers: { host: asked } })).status).toBe(421);
      expect(await served.connect(webRoutes.contract, { host: asked }).status).toBe(421);
    },
  );

  test.each(['localhost', '[::1]', 'LOCALHOST'])('the Host %s is refused where it is not bound', async (name) => {
    const served = await (await serve()).enter();
    expect((await served.ask('/', { headers: { host: `${name}:${served.url.port}` } })).status).toBe(421);
  });

  test.each(['localhost', '127.0.0.1', '[::1]'])('the Host %s is our own when localhost is bound', async (name) => {
    const served = await (await serve({ host: 'localhost' })).enter();
    expect((await served.ask('/', { headers: { host: `${name}:${served.url.port}` } })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1:PORT', 'http://localhost:PORT', 'http://127.0.0.1'])(
    'the Origin %s is refused, for pages, posts and sockets',
    async (origin) => {
      const served = await (await serve()).enter();
      const headers = { origin: origin.replace('PORT', served.url.port) };
      expect((await served.ask('/', { headers })).status).toBe(403);
      expect((await served.post(1, 'x', 0, { headers })).status).toBe(403);
      expect(await served.connect(webRoutes.contract, headers).status).toBe(403);
      expect(await served.connect(webRoutes.bytes, headers).status).toBe(403);
    },
  );

  test('a post without Origin is refused', async () => {
    const served = await (await serve()).enter();
    expect((await served.ask('/upload/1/x/0', { method: 'POST' })).status).toBe(403);
  });
});

describe('localhost', () => {
  test('is bound at both addresses of the machine, or at none', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '::1', resolve));
    onTestFinished(() => void squatter.close());
    const { port } = squatter.address() as AddressInfo;
    await expect(serve({ host: 'localhost', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const free = await serve({ port });
    expect(free.url.port).toBe(String(port));
  });
});

describe('sockets', () => {
  test('need the secret among their subprotocols, and do not repeat it', async () => {
    const served = await serve();
    for (const route of [webRoutes.contract, webRoutes.bytes]) expect(await served.connect(route).status).toBe(401);
    await served.enter();
    const { socket, status } = served.connect(webRoutes.contract);
    expect(await status).toBe(101);
    expect(socket.protocol).toBe(socketProtocol);
  });

  test('open at their two addresses only, for a window that names itself', async () => {
    const served = await (await serve()).enter();
    expect(await served.connect(webRoutes.contract).status).toBe(101);
    expect(await served.connect('/other').status).toBe(404);
    expect(await served.connect(webRoutes.bytes, {}, '').status).toBe(400);
    expect(await served.connect(webRoutes.bytes, {}, 'a/../b-long-enough').status).toBe(400);
  });
});

describe('files', () => {
  test('carry the policy, their type and how long they may be kept', async () => {
    const served = await (await serve()).enter();
    const script = await served.ask('/assets/index-Ab3dE_9f.js');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    const policy = script.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(script.headers['access-control-allow-origin']).toBeUndefined();
    const index = await served.ask('/');
    expect(index.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' });
    const head = await served.ask('/favicon.svg', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '6' } });
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/..%252fsecret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/assets/....//secret.txt',
    '/index.html%00.txt',
    '/link/secret.txt',
    '/linked.txt',
    '/%00',
    '/assets',
    '/assets/',
    '/.stamp',
    '/.licences/zod.json',
    '/etc/passwd',
  ])('%s leads nowhere', async (target) => {
    const served = await (await serve()).enter();
    const answer = await served.ask(target);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test.each(['//etc/passwd', 'http://evil.example/', '*'])('the target %s is no address of ours', async (target) => {
    const served = await (await serve()).enter();
    expect((await served.ask(target, { method: target === '*' ? 'OPTIONS' : 'GET' })).status).toBe(400);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not allowed', async (method) => {
    const served = await (await serve()).enter();
    const answer = await served.ask('/', { method, headers: { origin: served.origin } });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('starting', () => {
  const options = () => ({
    engine: new FakeEngine(),
    dataFolder: path.join(import.meta.filename, 'data'),
    port: 0,
    host: '127.0.0.1',
    assets: assetsFolder(),
    paths: [],
    version: '1',
  });

  test.each(['0.0.0.0', '::', '192.168.1.2', 'example.org', ''])(
    'at %j is refused: not this machine alone',
    async (host) => {
      await expect(startWebHost({ ...options(), host })).rejects.toThrow('serves this machine only');
    },
  );

  test('without a built window says so', async () => {
    await expect(startWebHost({ ...options(), assets: '/nowhere' })).rejects.toThrow('/nowhere');
  });

  test('at a port in use, or without a data folder, fails with the code of the system', async () => {
    const { url } = await serve();
    await expect(startWebHost({ ...options(), port: Number(url.port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(startWebHost(options())).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
