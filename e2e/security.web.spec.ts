/** The guards of the web host, tried in a browser that knows the token, by pages of other origins. */
import type { Page } from '@playwright/test';
import { listen } from './world/attack.ts';
import { expect, test } from './world/test.ts';
import { browse, serveFrom, stop } from './world/web-host.ts';

test('a browser without a token gets the files of the page, and nothing that is not public', async ({ hashlane }) => {
  const origin = new URL(hashlane.page.url()).origin;
  for (const path of ['/rpc', '/export/1', '/session', '/upload/1/x/0', '/.stamp']) {
    const response = await fetch(origin + path);
    expect([400, 401, 403, 404, 405, 426], path).toContain(response.status);
  }
});

test('an address opens the app once: another browser is told how to get a new one', async ({ files }) => {
  const { child, url } = await serveFrom(files.folder('scratch'));
  const first = await browse(url);
  const second = await browse(url);
  try {
    await expect(first.page.getByRole('button', { name: 'Add folder' }).first()).toBeVisible();
    await expect(second.page.getByRole('heading')).toHaveText('This address no longer opens Hashlane.');
    await first.page.reload();
    await expect(first.page.getByRole('button', { name: 'Add folder' }).first()).toBeVisible();
  } finally {
    await first.browser.close();
    await second.browser.close();
    await stop(child);
  }
});

test('the token stays neither in the address nor in a cookie', async ({ hashlane }) => {
  expect(hashlane.page.url()).not.toContain('token');
  expect(await hashlane.page.context().cookies()).toEqual([]);
});

test('a name that was made to point at this machine is refused, token or not', async ({ files }) => {
  const { child, url } = await serveFrom(files.folder('scratch'));
  const rebound = url.replace('127.0.0.1', 'evil.example');
  const { browser, page } = await browse(url, ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  try {
    expect((await page.goto(rebound))?.status()).toBe(421);
  } finally {
    await browser.close();
    await stop(child);
  }
});

// Ports make no site: the first page is of our own site, and the browser sends it the cookies of this host.
for (const name of ['127.0.0.1', 'localhost']) {
  test.describe(`a page at another port of ${name}`, () => {
    let elsewhere: Awaited<ReturnType<typeof listen>>;
    let page: Page;
    let target: string;

    test.beforeEach(async ({ hashlane }) => {
      elsewhere = await listen(() => ({ body: '<body>elsewhere</body>' }));
      target = new URL(hashlane.page.url()).origin;
      page = await hashlane.page.context().newPage();
      await page.goto(`http://${name}:${elsewhere.port}/`);
    });
    test.afterEach(() => elsewhere.close());

    test('cannot send a form', async () => {
      const answered = page.waitForResponse((response) => response.url().startsWith(target));
      await page.evaluate((to) => {
        const form = document.createElement('form');
        Object.assign(form, { action: `${to}/upload/1/x/0`, method: 'post' });
        document.body.append(form);
        form.submit();
      }, target);
      expect((await answered).status()).toBe(403);
    });

    test('cannot read or send by fetch', async () => {
      const statuses: number[] = [];
      page.on('response', (response) => statuses.push(response.status()));
      const outcomes = await page.evaluate(async (to) => {
        const attempts: [string, RequestInit][] = [
          ['/', { credentials: 'include' }],
          ['/', { credentials: 'include', mode: 'no-cors' }],
          ['/upload/1/x/0', { credentials: 'include', mode: 'no-cors', method: 'POST', body: 'x' }],
        ];
        const readable = attempts.map(([path, init]) =>
          fetch(to + path, init).then(
            (answer) => answer.text(),
            () => 'refused',
          ),
        );
        return Promise.all(readable);
      }, target);
      for (const outcome of outcomes) expect(['refused', '']).toContain(outcome);
      expect(statuses.filter((status) => status < 400)).toEqual([]);
    });

    test('cannot open a socket', async () => {
      const outcomes = await page.evaluate((to) => {
        const opened = (route: string) =>
          new Promise<string>((resolve) => {
            const socket = new WebSocket(`${to.replace('http', 'ws')}${route}?window=window-0001`);
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('refused');
          });
        return Promise.all(['/rpc', '/bytes'].map(opened));
      }, target);
      expect(outcomes).toEqual(['refused', 'refused']);
    });

    test('cannot include our scripts and pictures', async ({ hashlane }) => {
      const script = await hashlane.page.locator('script[src*=assets]').first().getAttribute('src');
      const outcomes = await page.evaluate(
        async ([to, script]) => {
          const load = (element: HTMLScriptElement | HTMLImageElement, src: string) =>
            new Promise<string>((resolve) => {
              element.onload = () => resolve('loaded');
              element.onerror = () => resolve('refused');
              element.src = src;
              document.body.append(element);
            });
          return [
            await load(document.createElement('script'), new URL(script!, to).href),
            await load(document.createElement('img'), `${to}/favicon.svg`),
          ];
        },
        [target, script] as const,
      );
      expect(outcomes).toEqual(['refused', 'refused']);
    });

    test('cannot show us in a frame', async () => {
      await page.evaluate((src) => {
        const frame = document.createElement('iframe');
        frame.src = src;
        document.body.append(frame);
      }, target);
      await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
    });

    test('cannot look into our window', async () => {
      const outcome = await page.evaluate(async (to) => {
        const opened = window.open(to);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        try {
          return opened === null || opened.closed ? 'severed' : String(opened.document.title);
        } catch (error) {
          return (error as Error).name;
        }
      }, target);
      expect(outcome).toBe('severed');
    });
  });
}
