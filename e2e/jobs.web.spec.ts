/** Jobs of earlier runs: the same data, served anew. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { Files } from './world/files.ts';
import { browse, serveFrom } from './world/web-host.ts';

const test = base.extend<{ scratch: string; files: Files }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  scratch: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hashlane-jobs-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  files: async ({ scratch }, use) => use(new Files(path.join(scratch, 'files'))),
});

/** Serves, does something with the page, and ends the server: gently, or as a loss of power does. */
async function run(
  scratch: string,
  paths: readonly string[],
  act: (page: Page) => Promise<void>,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  const { child, url } = await serveFrom(scratch, paths);
  const { browser, page } = await browse(url);
  try {
    await act(page);
  } finally {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    await browser.close();
  }
}

const item = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Jobs' }).locator('[data-job]').filter({ hasText: name });

test('a job of an earlier run shows its results again', async ({ scratch, files }) => {
  const file = files.write('letter.txt');
  await run(scratch, [file], async (page) => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText(files.digest('letter.txt')).first()).toBeVisible();
  });
  await run(scratch, [], async (page) => {
    await expect(page.getByRole('heading', { name: 'Drop files or folders here' })).toBeVisible();
    await item(page, 'letter.txt').click();
    await expect(page.getByText(files.digest('letter.txt')).first()).toBeVisible();
    await expect(item(page, 'letter.txt')).toContainText('1 file hashed');
  });
});

test('a job that was interrupted is offered at the next start, and goes on', async ({ scratch, files }) => {
  files.write('set/small.txt');
  files.sparse('set/huge.raw', 2 ** 41);
  await run(
    scratch,
    [files.path('set')],
    async (page) => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await expect(page.getByText(files.digest('set/small.txt')).first()).toBeVisible();
    },
    'SIGKILL',
  );
  await run(scratch, [], async (page) => {
    const offer = page.getByRole('region', { name: 'Unfinished' }).first();
    await expect(offer).toContainText('1 job was not finished.');
    await offer.getByRole('button', { name: 'Continue set' }).click();
    await expect(page.getByRole('progressbar', { name: 'Overall progress' })).toBeVisible();
    await expect(page.getByText(files.digest('set/small.txt')).first()).toBeVisible();
    await expect(offer).toBeHidden();
    await item(page, 'set').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Cancel', exact: true }).click();
    await expect(item(page, 'set')).toContainText('Cancelled before the end');
  });
});
