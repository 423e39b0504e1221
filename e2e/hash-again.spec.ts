import { createHash } from 'node:crypto';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from './world/test.ts';

test.beforeEach(async ({ hashlane, files }) => {
  for (const name of ['same', 'altered', 'gone']) files.write(`set/${name}`, `${name} 1`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
});

/** Another byte, with the size and the times as they were. */
function alter(file: string, content: string): void {
  const { atime, mtime } = statSync(file);
  writeFileSync(file, content);
  utimesSync(file, atime, mtime);
}

test('a file hashed again is the same, different with its new digest, or missing', async ({ hashlane, files }) => {
  const { page } = hashlane;
  alter(files.path('set/altered'), 'altered 2');
  rmSync(files.path('set/gone'));
  const told = page.getByRole('status', { name: 'Hashed again' });

  await hashlane.row('same').dblclick();
  await expect(told).toBeEmpty();
  await hashlane.button('Hash again').click();
  await expect(told).toContainText('the same digests');

  await hashlane.row('altered').click();
  await hashlane.button('Hash again').click();
  await expect(told).toContainText('other digests');
  const digest = createHash('sha256').update('altered 2').digest('hex');
  await expect(page.getByText(`Now ${digest}`)).toBeVisible();
  expect(await hashlane.digestOf('altered'), 'the result stays what it was').not.toBe(digest);

  await hashlane.row('gone').click();
  await hashlane.button('Hash again').click();
  await expect(told).toContainText('nothing at this path');
  await expect(told).toContainText('ENOENT');

  await hashlane.row('same').click();
  await expect(told, 'each row keeps its own answer').toContainText('the same digests');
});

test('several rows are hashed again from their menu, and counted in a notice', async ({ hashlane, files }) => {
  alter(files.path('set/altered'), 'altered 2');
  rmSync(files.path('set/gone'));
  await hashlane.grid.focus();
  await hashlane.page.keyboard.press('ControlOrMeta+a');
  await hashlane.row('same').click({ button: 'right' });
  await hashlane.page.getByRole('menuitem', { name: 'Hash 3 rows again' }).click();
  await expect(hashlane.page.getByRole('alert')).toContainText('Hashed again: 1 different, 1 missing, 1 the same.');
  await expect(hashlane.row('altered')).toContainText('Differs');
  await expect(hashlane.row('gone')).toContainText('Missing now');
  await hashlane.page.getByRole('button', { name: 'Differs now 2' }).click();
  await expect(hashlane.row('same')).toHaveCount(0);
  await expect(hashlane.row('altered')).toBeVisible();
  await expect(hashlane.row('gone')).toBeVisible();
});

test('hashing a large file again is seen, and can be paused and stopped', async ({ hashlane, files }) => {
  const { page } = hashlane;
  files.sparse('set/altered', 2 ** 42);
  await hashlane.row('altered').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Hash again' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of hashing again' })).toBeVisible();
  await hashlane.button('Pause hashing again').click();
  await expect(page.getByText('Hashing again: paused')).toBeVisible();
  await hashlane.button('Go on hashing again').click();
  await hashlane.button('Stop hashing again').click();
  await expect(page.getByRole('progressbar', { name: 'Progress of hashing again' })).toHaveCount(0);
  await expect(hashlane.button('Hash again'), 'it can be done anew').toBeEnabled();
});
