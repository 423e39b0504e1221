/** The list of jobs: of every kind, running and past, and what can be done with each. */
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const list = (hashlane: Hashlane) => hashlane.page.getByRole('navigation', { name: 'Jobs' });
const item = (hashlane: Hashlane, name: string) => list(hashlane).locator('[data-job]').filter({ hasText: name });
const verdict = (hashlane: Hashlane) => hashlane.page.getByRole('region', { name: 'Verdict' }).getByRole('heading');

async function choose(hashlane: Hashlane, name: string, action: string): Promise<void> {
  await item(hashlane, name).click({ button: 'right' });
  await hashlane.page.getByRole('menuitem', { name: action, exact: true }).click();
}

test('jobs of several kinds stand beside each other, and show their results one at a time', async ({
  hashlane,
  files,
}) => {
  files.write('photos/a.jpg');
  files.write('copies/a.jpg', 'content of photos/a.jpg');
  await hashlane.host.addFolder(files.path('photos'));
  await hashlane.hash();
  await hashlane.host.addFolder(files.path('photos'));
  await hashlane.host.addFolder(files.path('copies'));
  await hashlane.button('Compare').click();
  await expect(verdict(hashlane)).toHaveText('Both sides have the same file');
  await expect(list(hashlane).locator('[data-job]')).toHaveCount(2);

  await item(hashlane, '1 file hashed').click();
  await hashlane.hasRows(1);
  expect(await hashlane.digestOf('a.jpg')).toBe(files.digest('photos/a.jpg'));
  await hashlane.button('New').click();
  await expect(hashlane.page.getByRole('heading', { name: 'Drop files or folders here' })).toBeVisible();
  await item(hashlane, 'Both sides').click();
  await expect(verdict(hashlane)).toHaveText('Both sides have the same file');
});

test('a job is renamed by the keyboard, and keeps its name', async ({ hashlane, files }) => {
  await hashlane.host.addFiles([files.write('old.txt')]);
  await hashlane.hash();
  await item(hashlane, 'old.txt').focus();
  await hashlane.page.keyboard.press('F2');
  await hashlane.page.getByRole('textbox', { name: 'Name' }).fill('Letters of 2026');
  await hashlane.page.keyboard.press('Enter');
  await expect(item(hashlane, 'Letters of 2026')).toBeVisible();
  await hashlane.page.reload();
  await expect(item(hashlane, 'Letters of 2026')).toBeVisible();
});

test('a job that is removed can come back, and is gone for good afterwards', async ({ hashlane, files }) => {
  await hashlane.host.addFiles([files.write('a.txt')]);
  await hashlane.hash();
  await choose(hashlane, 'a.txt', 'Remove');
  await expect(item(hashlane, 'a.txt')).toBeHidden();
  await hashlane.button('Undo').click();
  await expect(item(hashlane, 'a.txt')).toBeVisible();
  await hashlane.hasRows(1);
  await item(hashlane, 'a.txt').focus();
  await hashlane.page.keyboard.press('Delete');
  await expect(item(hashlane, 'a.txt')).toBeHidden();
  await expect(hashlane.button('Undo')).toBeHidden({ timeout: 15_000 });
  await hashlane.page.reload();
  await hashlane.button('Add files').and(hashlane.page.locator(':enabled')).waitFor();
  await expect(list(hashlane)).toContainText('Jobs that you run are listed here.');
});

test('results that were cleared are still in the list', async ({ hashlane, files }) => {
  await hashlane.host.addFiles([files.write('a.txt')]);
  await hashlane.hash();
  await hashlane.button('Clear results').click();
  await expect(item(hashlane, 'a.txt')).toBeVisible();
  await expect(hashlane.button('Undo')).toBeHidden({ timeout: 15_000 });
  await item(hashlane, 'a.txt').click();
  await hashlane.hasRows(1);
  expect(await hashlane.digestOf('a.txt')).toBe(files.digest('a.txt'));
});

test('a running job is paused, goes on and is cancelled from its menu, while another is shown', async ({
  hashlane,
  files,
}) => {
  await hashlane.host.addFiles([files.write('small.txt')]);
  await hashlane.hash();
  await hashlane.button('New').click();
  files.sparse('big/huge.raw', 2 ** 41);
  await hashlane.host.addFolder(files.path('big'));
  await hashlane.start();
  await item(hashlane, 'small.txt').click();
  await hashlane.hasRows(1);
  await choose(hashlane, 'big', 'Pause');
  await expect(item(hashlane, 'big')).toContainText('Paused');
  await choose(hashlane, 'big', 'Resume');
  await expect(item(hashlane, 'big')).toContainText('Hashing…');
  await choose(hashlane, 'big', 'Cancel');
  await expect(item(hashlane, 'big')).toContainText('Cancelled before the end');
  expect(await hashlane.digestOf('small.txt')).toBe(files.digest('small.txt'));
});

test('a job that was cancelled goes on from its header', async ({ hashlane, files }) => {
  files.write('big/small.txt');
  files.sparse('big/huge.raw', 2 ** 41);
  await hashlane.host.addFolder(files.path('big'));
  await hashlane.start();
  await hashlane.row('small.txt').waitFor();
  await hashlane.button('Cancel').click();
  await expect(verdict(hashlane)).toHaveText('Cancelled before the end');
  await hashlane.button('Continue').click();
  await expect(verdict(hashlane)).toHaveText('Hashing…');
  expect(await hashlane.digestOf('small.txt')).toBe(files.digest('big/small.txt'));
  await hashlane.button('Cancel').click();
  await expect(hashlane.button('Continue')).toBeVisible();
});

test('arrows go from job to job, and the list can be hidden', async ({ hashlane, files }) => {
  for (const name of ['one.txt', 'two.txt']) {
    await hashlane.host.addFiles([files.write(name)]);
    await hashlane.hash();
  }
  await item(hashlane, 'two.txt').focus();
  await hashlane.page.keyboard.press('ArrowDown');
  await expect(item(hashlane, 'one.txt')).toBeFocused();
  await hashlane.page.keyboard.press('Enter');
  await hashlane.hasRows(1);
  await hashlane.page.keyboard.press('Control+b');
  await expect(list(hashlane)).toBeHidden();
});
