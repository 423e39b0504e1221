/** The web host beyond a port of its own: at a Unix socket, behind a proxy, limited to one folder. */
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { socketProtocol, socketSecretPrefix, webRoutes } from '#shared/contract/bridge.ts';
import { defaultWalk } from '#shared/jobs/walk-options.ts';
import { temporaryFolder } from '../../app/testing/world.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { assetsFolder, serve } from './testing/served.ts';
import { startWebHost, type WebHostOptions } from './web-host.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A host at a Unix socket, and requests to it. */
async function atSocket(options: Partial<WebHostOptions> = {}) {
  const socket = options.socket ?? path.join(temporaryFolder(), 'web.sock');
  const host = await startWebHost({
    engine: new FakeEngine(),
    dataFolder: path.join(temporaryFolder(), 'data'),
    port: 0,
    host: '127.0.0.1',
    assets: assetsFolder(),
    paths: [],
    version: '1.2.3',
    socket,
    ...options,
  });
  onTestFinished(() => host.close());
  const ask = (target: string, headers: Record<string, string>, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const asked = request({ socketPath: socket, path: target, method, headers, agent: false }, (answered) => {
        let text = '';
        answered.setEncoding('latin1').on('data', (chunk: string) => {
          text += chunk;
        });
        answered.on('end', () => resolve({ status: answered.statusCode!, body: text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  const address = new URL(host.newAddress());
  return { host, socket, ask, address, token: new URLSearchParams(address.hash.slice(1)).get('token')! };
}

const hostOf = (name: string) => ({ host: name });

describe.skipIf(process.platform === 'win32')('at a Unix socket', () => {
  test('only this user may open it, from its first moment on', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const { socket } = await atSocket();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(process.umask()).toBe(0);
  });

  test('the app is reached by any port that a tunnel has, under the names of this machine alone', async () => {
    const { ask } = await atSocket();
    for (const name of ['localhost', 'localhost:8642', '127.0.0.1:1', '[::1]:8642']) {
      expect((await ask('/', hostOf(name))).status, name).toBe(200);
    }
    for (const name of [
      'evil.example',
      'evil.example:8642',
      'localhost.evil.example',
      '10.0.0.1:8642',
      'localhost:x',
    ]) {
      expect((await ask('/', hostOf(name))).status, name).toBe(421);
    }
  });

  test('a token is exchanged for pages of the same name and port, and no others', async () => {
    const { ask, token } = await atSocket();
    const exchange = (origin: string) => ask(webRoutes.session, { host: 'localhost:8642', origin }, token);
    for (const origin of ['http://localhost:9999', 'https://localhost:8642', 'http://evil.example']) {
      expect((await exchange(origin)).status, origin).toBe(403);
    }
    expect((await exchange('http://localhost:8642')).status).toBe(200);
  });

  test('what a killed host left makes way, and a host that runs does not', async () => {
    const folder = temporaryFolder();
    const socket = path.join(folder, 'web.sock');
    await atSocket({ socket });
    await expect(atSocket({ socket })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const file = path.join(folder, 'file');
    writeFileSync(file, 'mine');
    await expect(atSocket({ socket: file })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(file)).toBe(true);
  });

  test('it is gone when the host is closed', async () => {
    const { host, socket } = await atSocket();
    await host.close();
    expect(existsSync(socket)).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('behind a proxy with TLS', () => {
  test('the app is shown under the allowed names, to pages that came by TLS', async () => {
    const { ask, address, token } = await atSocket({ allowedHosts: ['hash.example.org', 'other.example:8443'] });
    const exchange = async (host: string, origin: string): Promise<number> =>
      (await ask(webRoutes.session, { host, origin }, token)).status;
    expect(address.href).toMatch(/^https:\/\/hash\.example\.org\/#token=/);
    expect(await exchange('evil.example', 'https://evil.example')).toBe(421);
    expect(await exchange('hash.example.org', 'http://hash.example.org')).toBe(403);
    expect(await exchange('hash.example.org', 'https://other.example:8443')).toBe(403);
    expect(await exchange('HASH.example.org', 'https://hash.example.org')).toBe(200);
  });

  test('no name is allowed that was not given', async () => {
    const served = await serve();
    expect((await served.ask('/', { headers: { host: 'hash.example.org' } })).status).toBe(421);
  });
});

describe('below a base path', () => {
  test('the app lies there and nowhere else, exports and sockets included', async () => {
    const served = await serve({ basePath: '/tools/hash' });
    expect(served.url.pathname).toBe('/tools/hash/');
    expect((await served.ask('/tools/hash/')).body).toContain('The window');
    for (const target of ['/', '/index.html', '/tools/hash', '/tools/hashlane/', '/other/hash/', '/session']) {
      expect((await served.ask(target)).status, target).toBe(404);
    }
    const { body: secret } = await served.ask(`/tools/hash${webRoutes.session}`, {
      method: 'POST',
      body: [served.token],
      headers: { origin: served.origin },
    });
    const upgrade = (target: string): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(
          `ws://${served.url.host}${target}?window=window-0001`,
          [socketProtocol, socketSecretPrefix + secret],
          {
            headers: { origin: served.origin },
          },
        );
        onTestFinished(() => socket.terminate());
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_, answered) => resolve(answered.statusCode!));
        socket.on('error', () => undefined);
      });
    expect(await upgrade(`/tools/hash${webRoutes.contract}`)).toBe(101);
    expect(await upgrade(webRoutes.contract)).toBe(404);
  });
});

describe('limited to one folder', () => {
  async function limited() {
    const folder = temporaryFolder();
    const at = (...names: string[]): string => path.join(folder, ...names);
    mkdirSync(at('root', 'sub', 'deep'), { recursive: true });
    mkdirSync(at('root-two'));
    mkdirSync(at('elsewhere'));
    writeFileSync(at('root', 'sub', 'file'), 'x');
    writeFileSync(at('elsewhere', 'secret'), 'x');
    symlinkSync(at('elsewhere'), at('root', 'out'));
    symlinkSync('sub', at('root', 'in'));
    const served = await (await serve({ rootFolder: at('root') })).enter();
    return { at, client: served.client() };
  }

  test('the page sees what is in it, and no links out of it', async () => {
    const { at, client } = await limited();
    const listing = await client.sources.listFolder({ path: null });
    expect(listing).toMatchObject({ path: at('root'), parent: null });
    expect(listing.folders.map(({ name }) => name)).toEqual(['in', 'sub']);
    expect((await client.sources.listFolder({ path: at('root', 'sub') })).parent).toBe(at('root'));
  });

  test('the page lists and names nothing outside, whether it is there or not', async () => {
    const { at, client } = await limited();
    const outside = [
      '/',
      '~',
      at('elsewhere'),
      at('root-two'),
      at('root', '..', 'elsewhere'),
      at('root', 'out'),
      at('none'),
    ];
    for (const typed of outside) {
      const refused = { code: 'NOT_FOUND', message: expect.stringMatching(/outside of the folder that is served/) };
      await expect(client.sources.listFolder({ path: typed }), typed).rejects.toMatchObject(refused);
      await expect(client.sources.addPath({ path: typed }), typed).rejects.toMatchObject(refused);
    }
    await expect(client.sources.addPath({ path: at('root', 'out', 'secret') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await client.sources.addPath({ path: at('root', 'in', 'file') })).path).toBe(at('root', 'sub', 'file'));
  });

  test('a job that would follow links out of it is refused', async () => {
    const { at, client } = await limited();
    const { id } = await client.sources.addPath({ path: at('root') });
    const spec = { kind: 'hash' as const, sources: [id], algorithms: ['md5' as const] };
    const walk = { ...defaultWalk, include: [], exclude: [], ignore: [] };
    await expect(client.jobs.start({ ...spec, walk: { ...walk, followSymlinks: true } })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await client.jobs.start({ ...spec, walk })).toMatchObject({ kind: 'hash' });
  });
});
