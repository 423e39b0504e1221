import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { webRoutes } from '#shared/contract/bridge.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { assetsFolder, serve } from './testing/served.ts';
import { startWebHost } from './web-host.ts';

describe('the token', () => {
  test('is exchanged for a cookie that scripts cannot read, and leaves the address', async () => {
    const served = await serve();
    const answer = await served.ask(`/${served.url.search}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [cookie] = answer.headers['set-cookie']!;
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie, 'cookies do not tell ports apart').toContain(`hashlane-${served.url.port}=`);
    expect(cookie).not.toContain(served.url.searchParams.get('token'));
    expect(Buffer.from(served.url.searchParams.get('token')!, 'base64url')).toHaveLength(32);
    await served.enter();
    expect(await served.ask('/')).toMatchObject({ status: 200, body: expect.stringContaining('The window') });
  });

  test.each(['/', '/?token=', '/?token=wrong', '/assets/index-Ab3dE_9f.js', '/export/x', '/favicon.svg?token=wrong'])(
    'without it %s is refused with a page that says how to get in',
    async (target) => {
      const answer = await (await serve()).ask(target);
      expect(answer.status).toBe(401);
      expect(answer.body).toContain('prints a line such as');
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  test('opens only the first page: no other address takes it in place of the cookie', async () => {
    const served = await serve();
    expect((await served.ask(`/favicon.svg${served.url.search}`)).status).toBe(401);
    expect(
      (await served.ask(`/${served.url.search}`, { method: 'POST', headers: { origin: served.origin } })).status,
    ).toBe(401);
  });

  test('of one run means nothing to another, nor does a forged cookie', async () => {
    const [one, other] = [await serve(), await serve()];
    expect((await other.ask(`/${one.url.search}`)).status).toBe(401);
    await one.enter();
    const value = one.cookie!.split('=')[1]!;
    for (const cookie of [`hashlane-${other.url.port}=${value}`, `hashlane-${other.url.port}=`, 'x', '=', ';;']) {
      expect((await other.ask('/', { headers: { cookie } })).status).toBe(401);
    }
  });
});

describe('with the right cookie all the same', () => {
  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example:PORT', '192.168.1.1:PORT'])(
    'the Host %j is refused: a rebound name is not ours',
    async (host) => {
      const served = await (await serve()).enter();
      const asked = host.replace('PORT', served.url.port);
      expect((await served.ask('/', { headers: { host: asked } })).status).toBe(421);
      expect(await served.connect(webRoutes.contract, { host: asked }).status).toBe(421);
    },
  );

  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('the Host %s is our own', async (name) => {
    const served = await (await serve()).enter();
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

describe('sockets', () => {
  test('need the cookie; the token in their address does not do', async () => {
    const served = await serve();
    for (const route of [webRoutes.contract, webRoutes.bytes]) {
      expect(await served.connect(route).status).toBe(401);
      expect(await served.connect(`${route}${served.url.search}&x=`).status).toBe(401);
    }
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
