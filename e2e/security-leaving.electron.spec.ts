/** Whatever a page that has been taken over tries, its window shows the page that Hashlane opened. */
import type { ElectronApplication } from '@playwright/test';
import { electron, listen, openNetwork, takeOver } from './world/attack.ts';
import { expect, test } from './world/test.ts';

const windows = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()));

const ownPage = 'app://hashlane/index.html';

test.describe('leaving', () => {
  let elsewhere: Awaited<ReturnType<typeof listen>>;
  test.beforeEach(async ({ hashlane }) => {
    await openNetwork(electron(hashlane));
    elsewhere = await listen((path) => (path === '/redirect' ? { status: 302, headers: { location: '/landed' } } : {}));
  });
  test.afterEach(() => elsewhere.close());

  /** In the page, by main: Playwright waits for a navigation that was refused as for one under way. */
  async function run(app: ElectronApplication, script: string): Promise<void> {
    await app.evaluate(async ({ BrowserWindow }, script) => {
      const page = BrowserWindow.getAllWindows()[0]!.webContents;
      await page.executeJavaScript(`void (${script})()`, true);
      // Long enough for a request on this machine to be made; there is no event for what does not happen.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }, script);
  }

  const ways: Record<string, (to: string) => string> = {
    location: (to) => `() => { location.href = ${JSON.stringify(to)} }`,
    'a link': (to) =>
      `() => { const a = document.createElement('a'); a.href = ${JSON.stringify(to)}; document.body.append(a); a.click() }`,
    'a meta refresh': (to) =>
      `() => { const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + ${JSON.stringify(to)}; document.head.append(m) }`,
    'replacing itself': (to) => `() => location.replace(${JSON.stringify(to)})`,
  };

  for (const [name, script] of Object.entries(ways)) {
    test(`by ${name} is refused`, async ({ hashlane }) => {
      const app = electron(hashlane);
      for (const target of [
        `${elsewhere.url}/landed`,
        'file:///etc/passwd',
        'data:text/html,x',
        'app://elsewhere/',
        'app://hashlane/crashed.html',
      ]) {
        await run(app, script(target));
        expect(await windows(app), target).toEqual([ownPage]);
      }
      expect(elsewhere.asked).toEqual([]);
    });
  }

  test('by a form is refused by the policy of the page', async ({ hashlane }) => {
    const directive = await hashlane.page.evaluate((action) => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        setTimeout(() => resolve('none'), 1_000);
      });
      const form = document.createElement('form');
      Object.assign(form, { action, method: 'post' });
      document.body.append(form);
      form.submit();
      return violated;
    }, `${elsewhere.url}/landed`);
    expect(directive).toBe('form-action');
    expect(elsewhere.asked).toEqual([]);
  });

  test('by a redirect is refused', async ({ hashlane }) => {
    const app = electron(hashlane);
    await app.evaluate(async ({ BrowserWindow }, url) => {
      await BrowserWindow.getAllWindows()[0]!
        .loadURL(url)
        .catch(() => undefined);
    }, `${elsewhere.url}/redirect`);
    expect(elsewhere.asked).toEqual(['/redirect']);
  });

  for (const [name, script] of [
    ['window.open', (to: string) => `() => window.open(${JSON.stringify(to)})`],
    [
      'a link to a new window',
      (to: string) =>
        `() => { const a = document.createElement('a'); a.target = '_blank'; a.href = ${JSON.stringify(to)}; document.body.append(a); a.click() }`,
    ],
  ] as const) {
    test(`for a new window by ${name} is refused`, async ({ hashlane }) => {
      const app = electron(hashlane);
      await run(app, script(`${elsewhere.url}/landed`));
      await run(app, script('about:blank'));
      expect(await windows(app)).toEqual([ownPage]);
      expect(elsewhere.asked).toEqual([]);
    });
  }

  test('within a frame is refused, also for a page without our policy', async ({ hashlane }) => {
    const app = electron(hashlane);
    const page = await takeOver(app, {
      pages: { '/crashed.html': '<iframe src="app://hashlane/frame.html"></iframe>', '/frame.html': 'frame' },
    });
    await page.locator('iframe').waitFor({ state: 'attached' });
    await page.evaluate((to) => {
      frames[0]!.location.href = to;
    }, `${elsewhere.url}/landed`);
    await page.waitForTimeout(300);
    expect(elsewhere.asked).toEqual([]);
  });

  test('by a webview is refused, also in a window that allows the tag', async ({ hashlane }) => {
    const app = electron(hashlane);
    const page = await takeOver(app, {
      pages: { '/crashed.html': '<body></body>' },
      webPreferences: { webviewTag: true },
    });
    await page.evaluate((src) => {
      const view = document.createElement('webview');
      view.setAttribute('src', src);
      document.body.append(view);
    }, `${elsewhere.url}/landed`);
    await page.waitForTimeout(500);
    expect(elsewhere.asked).toEqual([]);
  });

  test('by downloading is refused', async ({ hashlane }) => {
    const app = electron(hashlane);
    const refused = app.evaluate(
      ({ session }) =>
        new Promise<boolean>((resolve) => {
          session.defaultSession.on('will-download', (event) => resolve(event.defaultPrevented));
        }),
    );
    await run(
      app,
      `() => { const a = document.createElement('a'); a.download = 'x'; a.href = URL.createObjectURL(new Blob(['x'])); document.body.append(a); a.click() }`,
    );
    expect(await refused).toBe(true);
  });
});
