/** The guards of the Electron host, each tried from within the page. */
import type { ElectronHost } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

test('no window is opened', async ({ hashlane }) => {
  await hashlane.page.evaluate(() => window.open('https://example.org/'));
  const { app } = hashlane.host as ElectronHost;
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the window does not navigate away', async ({ hashlane }) => {
  for (const target of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,x', 'app://elsewhere/']) {
    await hashlane.page.evaluate((to) => {
      location.href = to;
    }, target);
  }
  // Asked of Electron: Playwright waits for a navigation that was refused as for one under way.
  const { app } = hashlane.host as ElectronHost;
  const [address, title] = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return [window?.webContents.getURL(), await window?.webContents.executeJavaScript('document.title')];
  });
  expect(address).toBe('app://hashlane/index.html');
  expect(title).toBe('Hashlane');
});

test('only the bundle is served', async ({ hashlane }) => {
  const statuses = await hashlane.page.evaluate(() =>
    Promise.all(
      ['/..%2f..%2fpackage.json', '/%2e%2e%2fpackage.json', '/..%5c..%5cpackage.json', '/nothing.js'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  );
  expect(statuses).toEqual([404, 404, 404, 404]);
});

test('a file made by script grants no path', async ({ hashlane, files }) => {
  const secret = files.write('secret.txt');
  const granted = await hashlane.page.evaluate(async (path) => {
    const bridge = (globalThis as unknown as { hashlane: { grantDropped(files: unknown[]): Promise<unknown[]> } })
      .hashlane;
    const forged = new File(['x'], path);
    Object.defineProperty(forged, 'path', { value: path });
    const attempts = [forged, { path, name: path }, path];
    const outcomes = attempts.map((attempt) => bridge.grantDropped([attempt]).catch(() => []));
    return (await Promise.all(outcomes)).flat();
  }, secret);
  expect(granted).toEqual([]);
  await expect(hashlane.button('Start')).toBeDisabled();
});

test('the bridge is all there is, and cannot be replaced', async ({ hashlane }) => {
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
  expect(members).toEqual({ same: true, names: ['connect', 'grantDropped', 'platform'] });
});

test('permissions are refused', async ({ hashlane }) => {
  const outcome = await hashlane.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
  }));
  expect(outcome.notifications).toBe('denied');
  expect(outcome.camera).not.toBe('granted');
});

test('nonsense on the ports is survived', async ({ hashlane, files }) => {
  await hashlane.page.evaluate(async () => {
    const ports = new Promise<readonly MessagePort[]>((resolve) => {
      window.addEventListener('message', (event) => event.ports.length === 2 && resolve(event.ports), { once: true });
    });
    (globalThis as unknown as { hashlane: { connect(): void } }).hashlane.connect();
    for (const port of await ports) {
      for (const nonsense of [null, 7, 'text', '{"i":', { kind: 'subscribe', jobId: 'x' }, new Uint8Array(2 ** 20)]) {
        port.postMessage(nonsense);
      }
    }
  });
  await hashlane.page.reload();
  await hashlane.drop([files.write('after.txt')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('after.txt')).toBe(files.digest('after.txt'));
});
