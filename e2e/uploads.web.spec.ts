/** Files whose bytes the page sends. */
import { rmSync } from 'node:fs';
import { expect, test } from './world/test.ts';

test('a file that vanished before its bytes were sent says so, and the rest goes on', async ({ hashlane, files }) => {
  await hashlane.host.addFiles([files.write('gone.txt'), files.write('stays.txt')]);
  rmSync(files.path('gone.txt'));
  await hashlane.hash();
  await hashlane.hasRows(2);
  expect(await hashlane.digestOf('stays.txt')).toBe(files.digest('stays.txt'));
  expect(await hashlane.statusOf('gone.txt')).not.toBe('OK');
  await expect(await hashlane.cell('gone.txt', 'Size'), 'the size that it had').toHaveText('19 B');
  await hashlane.row('gone.txt').dblclick();
  await expect(hashlane.page.getByText(/no such file or folder \(ENOENT\)/).first()).toBeVisible();
});

test('results that are cleared in one tab are cleared in the other', async ({ hashlane, files }) => {
  await hashlane.drop([files.write('a.txt')]);
  await hashlane.hash();
  // A tab that the page itself opens shares its access.
  const opened = hashlane.page.context().waitForEvent('page');
  await hashlane.page.evaluate(() => void window.open('/'));
  const other = await opened;
  await expect(other.getByText(files.digest('a.txt')).first()).toBeVisible();
  await hashlane.button('Clear results').click();
  // Until then it could be undone.
  await expect(other.getByText('Results were cleared in another window.')).toBeVisible({ timeout: 15_000 });
  await expect(other.getByText(files.digest('a.txt'))).toBeHidden();
});
