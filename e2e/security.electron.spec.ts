/** The guards of the Electron host, each tried from within a page that has been taken over. */
import { mkdirSync, symlinkSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';
import { callRaw, electron, listen, takeOver } from './world/attack.ts';
import { expect, test } from './world/test.ts';

test.describe('files', () => {
  test('only the bundle is served', async ({ hashlane }) => {
    const statuses = await hashlane.page.evaluate(() =>
      Promise.all(
        [
          '/..%2f..%2fpackage.json',
          '/%2e%2e%2fpackage.json',
          '/..%5c..%5cpackage.json',
          '/%252e%252e%252fpackage.json',
          '/assets/..%2f..%2f..%2fpackage.json',
          '/index.html%00',
          '/nothing.js',
          '/',
        ].map(async (path) => (await fetch(path)).status),
      ),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404, 404]);
  });

  test('one made by a script grants no path, whatever the page has made of its own world', async ({
    hashlane,
    files,
  }) => {
    const secret = files.write('secret.txt');
    const granted = await hashlane.page.evaluate(async (path) => {
      const bridge = (globalThis as unknown as { hashlane: { grantDropped(files: unknown[]): Promise<unknown[]> } })
        .hashlane;
      const forged = new File(['x'], path);
      Object.defineProperty(forged, 'path', { value: path });
      // Were the preload of this world, it would now map everything to the path.
      for (const name of ['map', 'filter']) Object.defineProperty(Array.prototype, name, { value: () => [path] });
      Object.defineProperty(Object.prototype, 'path', { value: path });
      const attempts = [forged, { path, name: path }, path, { __proto__: File.prototype, path }];
      const granted: unknown[] = [];
      for (const attempt of attempts) granted.push(...(await bridge.grantDropped([attempt]).catch(() => [])));
      return granted.length;
    }, secret);
    expect(granted).toBe(0);
    const sources = await callRaw(await takeOver(electron(hashlane)), [{ path: '/sources/list' }]);
    expect(sources[0]?.body).toBe('{"json":[]}');
  });

  test('a path that was never granted is refused in every call', async ({ hashlane, files }) => {
    const secret = files.write('secret/of/others.txt');
    const granted = files.folder('granted');
    files.write('granted/a.txt');
    if (process.platform !== 'win32') symlinkSync(files.path('secret'), files.path('granted/link'));
    mkdirSync(files.path('granted/sub'));
    await hashlane.host.addFolder(granted);
    await hashlane.hash();
    const app = electron(hashlane);
    await app.evaluate(({ shell }) => {
      shell.showItemInFolder = () => {
        (globalThis as unknown as { revealed: boolean }).revealed = true;
      };
    });
    const walk = { hidden: true, followSymlinks: true, oneFileSystem: false, include: [], exclude: [] };
    const start = (source: string) => ({
      path: '/jobs/start',
      input: { kind: 'hash', sources: [source], algorithms: ['md5'], walk },
    });
    const outcomes = await callRaw(await takeOver(app), [
      { path: '/sources/addPath', input: { path: secret } },
      { path: '/sources/listFolder', input: { path: '/' } },
      { path: '/sources/declareUpload', input: { name: 'x', entries: [{ path: '../x', size: 1 }] } },
      start(secret),
      start('../secret'),
      start(''),
      { path: '/system/reveal', input: { path: secret } },
      { path: '/system/reveal', input: { path: `${granted}/../secret/of/others.txt` } },
      { path: '/system/reveal', input: { path: `${granted}/link/of/others.txt` } },
      { path: '/system/reveal', input: { path: `${granted}secret` } },
    ]);
    const codes = outcomes.map((outcome) => /"code":"(\w+)"/.exec(outcome?.body ?? '')?.[1]);
    expect(codes).toEqual([
      ...['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
      ...['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
      ...['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
    ]);
    expect(await app.evaluate(() => 'revealed' in globalThis)).toBe(false);
  });
});

test.describe('the bridge', () => {
  test('is all there is, and cannot be replaced', async ({ hashlane }) => {
    const members = await hashlane.page.evaluate(() => {
      const holder = globalThis as unknown as { hashlane: Record<string, unknown> };
      const before = holder.hashlane;
      try {
        holder.hashlane = {};
      } catch {
        // Frozen: as it should be.
      }
      return { same: holder.hashlane === before, names: Object.keys(before).sort() };
    });
    expect(members).toEqual({
      same: true,
      names: ['connect', 'grantDropped', 'onCommand', 'platform', 'tellCommands'],
    });
  });

  /** Tries all that the bridge can do, and tells what came of it. */
  const tryBridge = () =>
    new Promise<{ granted: string; ports: boolean }>((resolve) => {
      const bridge = (
        globalThis as unknown as {
          hashlane: {
            connect(): void;
            grantDropped(files: File[]): Promise<unknown>;
            tellCommands(names: string[]): void;
          };
        }
      ).hashlane;
      let ports = false;
      window.addEventListener('message', (event) => {
        ports ||= event.ports.length > 0;
      });
      bridge.connect();
      bridge.tellCommands(['cancel']);
      const granted = bridge.grantDropped([]).then(
        () => 'granted',
        (error: Error) => error.message,
      );
      void granted.then((outcome) => setTimeout(() => resolve({ granted: outcome, ports }), 300));
    });
  const refused = { granted: 'Only the Hashlane window may add files.', ports: false };
  const mayCancel = (app: ElectronApplication) =>
    app.evaluate(({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('command:cancel')!.enabled);

  test('answers our own page', async ({ hashlane }) => {
    const page = await takeOver(electron(hashlane));
    expect(await page.evaluate(tryBridge)).toEqual({ granted: 'granted', ports: true });
    expect(await mayCancel(electron(hashlane))).toBe(true);
  });

  test('answers no page from elsewhere', async ({ hashlane }) => {
    const elsewhere = await listen();
    try {
      const page = await takeOver(electron(hashlane), { url: elsewhere.url });
      expect(await page.evaluate(tryBridge)).toEqual(refused);
      expect(await mayCancel(electron(hashlane))).toBe(false);
    } finally {
      elsewhere.close();
    }
  });

  test('answers no frame, not even one of ours', async ({ hashlane }) => {
    const page = await takeOver(electron(hashlane), {
      pages: { '/crashed.html': '<iframe src="app://hashlane/frame.html"></iframe>', '/frame.html': 'frame' },
      webPreferences: { nodeIntegrationInSubFrames: true },
      framesMayLoad: true,
    });
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await expect.poll(() => frame!.url()).toBe('app://hashlane/frame.html');
    expect(await frame!.evaluate(tryBridge)).toEqual(refused);
    expect(await mayCancel(electron(hashlane))).toBe(false);
  });

  test('takes nothing but lists of paths, even from a process that has been taken over', async ({
    hashlane,
    files,
  }) => {
    const page = await takeOver(electron(hashlane), {
      webPreferences: { sandbox: false, contextIsolation: false, nodeIntegration: true, preload: '' },
    });
    const outcomes = await page.evaluate(async (path) => {
      const { ipcRenderer } = (globalThis as unknown as { require(name: string): typeof Electron }).require('electron');
      const inputs = [path, [1], [''], [{ path }], [[path]], null, Array(100_001).fill(path), ['x'.repeat(70_000)]];
      const outcomes: unknown[] = [];
      for (const input of inputs) outcomes.push((await ipcRenderer.invoke('hashlane:grant', input)).kind);
      return outcomes;
    }, files.write('secret.txt'));
    expect(outcomes).toEqual(Array(8).fill('refused'));
  });

  test('takes no list that is too long, and no command that there is not', async ({ hashlane }) => {
    const page = await takeOver(electron(hashlane));
    const before = await mayCancel(electron(hashlane));
    const outcome = await page.evaluate(async () => {
      const { hashlane } = globalThis as unknown as {
        hashlane: { tellCommands(names: unknown): void; grantDropped(files: unknown): Promise<unknown> };
      };
      for (const names of [['cancel', 'constructor'], [1], Array(10_000).fill('cancel'), ['__proto__', 'cancel']]) {
        try {
          hashlane.tellCommands(names);
        } catch {
          // The preload refuses by itself what is no list of strings.
        }
      }
      return hashlane.grantDropped([]).then(() => 'alive');
    });
    expect(outcome).toBe('alive');
    expect(await mayCancel(electron(hashlane))).toBe(before);
  });
});

test.describe('calls', () => {
  test('of procedures that there are not are answered so, and change nothing', async ({ hashlane }) => {
    const paths = [
      '/nothing',
      '/system',
      '/system/nothing',
      '/__proto__',
      '/constructor',
      '/system/constructor',
      '/system/__proto__/toString',
      '/system/info/~orpc',
      '/system//info',
      '//evil.example/system/info',
      '/../system/info/..',
    ];
    const outcomes = await callRaw(
      await takeOver(electron(hashlane)),
      paths.map((path) => ({ path })),
    );
    expect(outcomes.map((outcome) => outcome?.status ?? 404)).toEqual(paths.map(() => 404));
  });

  test('cannot reach the prototypes of main', async ({ hashlane }) => {
    const app = electron(hashlane);
    const polluted = JSON.parse(
      '{"theme":"dark","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    await callRaw(await takeOver(app), [
      { path: '/settings/set', input: polluted },
      { path: '/settings/set', input: { walk: JSON.parse('{"__proto__":{"polluted":1}}') } },
      { path: '/settings/set', input: {}, meta: [[1, '__proto__', 'polluted']] },
      { path: '/settings/set', input: {}, meta: [[1, 'constructor', 'prototype', 'polluted']] },
      { path: '/sources/remove', input: { ids: ['__proto__', 'constructor', 'toString'] } },
      { path: '/jobs/start', input: { kind: 'hash', sources: ['__proto__'], algorithms: ['__proto__'], walk: {} } },
    ]);
    expect(await app.evaluate(() => 'polluted' in {} || 'polluted' in Object)).toBe(false);
    expect(await callRaw(await takeOver(app), [{ path: '/system/info' }])).toMatchObject([{ status: 200 }]);
  });

  test('with input of another form or size are refused with what is wrong', async ({ hashlane }) => {
    const outcomes = await callRaw(await takeOver(electron(hashlane)), [
      { path: '/jobs/pause', input: { id: 'x' } },
      { path: '/jobs/pause' },
      { path: '/settings/set', input: { threads: 1e9 } },
      { path: '/jobs/forget', input: { ids: Array(10_001).fill(1) } },
      { path: '/system/reveal', input: { path: 'x'.repeat(70_000) } },
    ]);
    expect(outcomes.map((outcome) => /"code":"(\w+)"/.exec(outcome?.body ?? '')?.[1])).toEqual([
      'BAD_REQUEST',
      'BAD_REQUEST',
      'INPUT_TOO_LARGE',
      'INPUT_TOO_LARGE',
      'INPUT_TOO_LARGE',
    ]);
  });

  /** Sends to one of the ports until it is closed; tells whether it was. */
  const attackPort = async ({ which, kind }: { which: number; kind: string }): Promise<boolean> => {
    const ports = new Promise<readonly MessagePort[]>((resolve) => {
      window.addEventListener('message', (event) => event.ports.length === 2 && resolve(event.ports), { once: true });
    });
    (globalThis as unknown as { hashlane: { connect(): void } }).hashlane.connect();
    const port = (await ports)[which]!;
    const closed = new Promise<boolean>((resolve) => {
      port.addEventListener('close', () => resolve(true));
      setTimeout(() => resolve(false), 5_000);
    });
    port.start();
    const flood = (message: unknown, count: number): void => {
      for (let number = 0; number < count; number++) port.postMessage(message);
    };
    if (kind === 'object') port.postMessage({ i: '1', p: { u: '/system/info' } });
    if (kind === 'large') port.postMessage(' '.repeat(9 << 20));
    if (kind === 'calls') flood('{"i":"1","p":{"u":"/system/info"}}', 10_000);
    if (kind === 'nonsense') for (const one of [null, 7, 'x', { kind: 'subscribe', jobId: 'x' }]) flood(one, 50);
    if (kind === 'stats') flood({ kind: 'stats' }, 10_000);
    return closed;
  };

  for (const [name, attack] of [
    ['an object in place of a text', { which: 0, kind: 'object' }],
    ['a text that is too large', { which: 0, kind: 'large' }],
    ['a flood of calls', { which: 0, kind: 'calls' }],
    ['nonsense on the byte channel', { which: 1, kind: 'nonsense' }],
    ['a flood on the byte channel', { which: 1, kind: 'stats' }],
  ] as const) {
    test(`in the form of ${name} cost a page its port, and no other page anything`, async ({ hashlane, files }) => {
      const page = await takeOver(electron(hashlane));
      expect(await page.evaluate(attackPort, attack)).toBe(true);
      await hashlane.drop([files.write('after.txt')]);
      await hashlane.hash();
      expect(await hashlane.digestOf('after.txt')).toBe(files.digest('after.txt'));
    });
  }

  test('that make no sense are survived', async ({ hashlane, files }) => {
    await hashlane.page.evaluate(async () => {
      const ports = new Promise<readonly MessagePort[]>((resolve) => {
        window.addEventListener('message', (event) => event.ports.length === 2 && resolve(event.ports), { once: true });
      });
      (globalThis as unknown as { hashlane: { connect(): void } }).hashlane.connect();
      for (const port of await ports) {
        for (const nonsense of ['text', '{"i":', '{"i":1}', '{"i":"1","p":{"u":7}}', '[]', 'null']) {
          port.postMessage(nonsense);
        }
      }
    });
    await hashlane.page.reload();
    await hashlane.drop([files.write('after.txt')]);
    await hashlane.hash();
    expect(await hashlane.digestOf('after.txt')).toBe(files.digest('after.txt'));
  });
});

test.describe('permissions', () => {
  test('are refused when they are asked for', async ({ hashlane }) => {
    const outcome = await hashlane.page.evaluate(async () => {
      const refusal = (asked: Promise<unknown>): Promise<string> =>
        asked.then(
          () => 'granted',
          (error: Error & { code?: number }) => error.name || `code ${error.code}`,
        );
      return {
        notifications: await Notification.requestPermission(),
        camera: await refusal(navigator.mediaDevices.getUserMedia({ video: true })),
        microphone: await refusal(navigator.mediaDevices.getUserMedia({ audio: true })),
        location: await new Promise<number | string>((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            ({ code }) => resolve(code),
          );
        }),
        clipboard: await refusal(navigator.clipboard.readText()),
        midi: await refusal(navigator.requestMIDIAccess()),
      };
    });
    expect(outcome).toEqual({
      notifications: 'denied',
      camera: expect.stringMatching(/NotAllowedError|NotFoundError/),
      microphone: expect.stringMatching(/NotAllowedError|NotFoundError/),
      location: 1,
      clipboard: 'NotAllowedError',
      midi: expect.stringMatching(/NotAllowedError|SecurityError/),
    });
  });

  test('are not there when they are looked up, save copying', async ({ hashlane }) => {
    const states = await hashlane.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'clipboard-read', 'midi', 'clipboard-write'];
      const found = names.map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      );
      return Promise.all(found);
    });
    expect(states.slice(0, 4)).not.toContain('granted');
    expect(states[4]).toBe('granted');
  });

  test('are refused in sessions that nobody expected', async ({ hashlane }) => {
    const page = await takeOver(electron(hashlane), { pages: { '/crashed.html': '<body></body>' } });
    const outcome = await page.evaluate(async () => [
      await Notification.requestPermission(),
      (await navigator.permissions.query({ name: 'geolocation' })).state,
    ]);
    expect(outcome).toEqual(['denied', expect.not.stringMatching('granted')]);
  });
});

test('the page runs sandboxed and isolated', async ({ hashlane }) => {
  const preferences = await electron(hashlane).evaluate(({ BrowserWindow }) => {
    // Not in the documented interface; Electron itself decides by it.
    const page = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
      getLastWebPreferences(): Electron.WebPreferences;
    };
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = page.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
});
