/** Every scene of the harness, as those meet it who do not see it, or see it in colours of their own. */
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';

let server: ViteDevServer;
let browser: Browser;
let address: string;

test.beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../renderer/vite.config.ts', import.meta.url));
  server = await createServer({ configFile, server: { port: 0 }, logLevel: 'error' });
  await server.listen();
  const { port } = server.httpServer!.address() as { port: number };
  address = `http://127.0.0.1:${port}/harness/harness.html`;
  browser = await chromium.launch({
    executablePath: process.env.HASHLANE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});

test.afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(scene: string, look: Parameters<Page['emulateMedia']>[0], width = 1180): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 760 } });
  await page.emulateMedia({ reducedMotion: 'reduce', ...look });
  await page.goto(`${address}?scene=${scene}`);
  await page.locator('html[data-scene=shown]').waitFor({ state: 'attached', timeout: 60_000 });
  return page;
}

async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
} as const;

for (const [name, look] of Object.entries(looks)) {
  test(`axe finds nothing to complain about in any scene, in ${name}`, async () => {
    test.setTimeout(400_000);
    const first = await open('empty', look);
    const scenes = ((await first.locator('html').getAttribute('data-scenes')) ?? '').split(' ');
    await first.close();
    expect(scenes).toContain('million');
    // A million rows are drawn as a hundred are, and take long to make: once is enough.
    for (const scene of scenes.filter((one) => one !== 'million' || name === 'light')) {
      const page = await open(scene, look);
      expect(await complaints(page), scene).toEqual([]);
      await page.close();
    }
  });
}

test('state is told apart in forced colours', async () => {
  const page = await open('finished', looks['forced colours']);
  const background = (name: RegExp): Promise<string> =>
    page.getByRole('button', { name }).evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await background(/^All/)).not.toBe(await background(/^Failed/));
  const rows = page.getByRole('row');
  await rows.nth(2).click();
  const rowBackground = (at: number): Promise<string> =>
    rows.nth(at).evaluate((row) => getComputedStyle(row).backgroundColor);
  expect(await rowBackground(2)).not.toBe(await rowBackground(3));
  await page.close();
});

test('nothing is cut off at 200 % in a window of 800 pixels', async () => {
  const page = await open('finished', looks.light, 400);
  const controls = page.getByRole('button').and(page.locator('header button, section button'));
  for (const control of await controls.all()) {
    if (!(await control.isVisible()) || (await control.evaluate((element) => element.closest('[role=grid]') !== null)))
      continue;
    const box = (await control.boundingBox())!;
    expect(box.x, (await control.textContent()) ?? '').toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, (await control.textContent()) ?? '').toBeLessThanOrEqual(400);
  }
  await page.close();
});
