import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

async function sheet(hashlane: Hashlane) {
  await hashlane.button('Export').click();
  await hashlane.page.getByRole('menuitem', { name: 'Save with options…' }).click();
  return hashlane.page.getByRole('dialog', { name: 'Save results' });
}

test('a saved list is what sha256sum verifies in the folder, with only what was chosen', async ({
  hashlane,
  files,
}) => {
  for (const name of ['a.txt', 'b.txt', 'c.log']) files.write(`set/${name}`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await hashlane.filter('*.txt');
  await hashlane.hasRows(2);
  const dialog = await sheet(hashlane);
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(/a\.txt/);
  await dialog.getByRole('radio', { name: 'The 2 that the filter shows' }).check();
  await expect(dialog.getByText('2 files are written, in the order of the paths.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Names relative to' }).fill(files.path('set'));
  const bytes = await hashlane.host.saved(() => dialog.getByRole('button', { name: 'Save…' }).click());
  const list = files.write('SHA256SUMS', bytes);
  const checked = execFileSync('sha256sum', ['-c', list], { cwd: files.path('set'), encoding: 'utf8' });
  expect(checked).toBe('a.txt: OK\nb.txt: OK\n');
  await expect(hashlane.page.getByRole('dialog', { name: 'Saved' })).toContainText(/2 records/);
});

test('what is left out is said before it is saved', async ({ hashlane, files }) => {
  files.write('here.txt');
  files.write('gone.txt');
  await hashlane.drop([files.path('here.txt'), files.path('gone.txt')]);
  rmSync(files.path('gone.txt'));
  await hashlane.hash();
  await hashlane.hasRows(2);
  const dialog = await sheet(hashlane);
  await expect(dialog.getByText('1 file is left out: it has no digest.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('jsonl');
  await expect(dialog.getByText(/left out/)).toHaveCount(0);
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('ed2k');
  await expect(dialog.getByRole('alert')).toContainText('No ED2K was computed.');
  await expect(dialog.getByRole('button', { name: 'Save…' })).toBeDisabled();
});
