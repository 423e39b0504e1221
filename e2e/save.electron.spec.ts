import { expect, test } from './world/test.ts';

test('a saved list is checked from where it was saved', async ({ hashlane, files }) => {
  const { page } = hashlane;
  for (const name of ['a.txt', 'b.txt']) files.write(`set/${name}`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  await hashlane.button('Export').click();
  await page.getByRole('menuitem', { name: 'Save with options…' }).click();
  const bytes = await hashlane.host.saved(() =>
    page.getByRole('dialog', { name: 'Save results' }).getByRole('button', { name: 'Save…' }).click(),
  );
  expect(bytes.toString()).toContain(files.digest('set/a.txt'));
  await page.getByRole('dialog', { name: 'Saved' }).getByRole('button', { name: 'Check it' }).click();
  await expect(page.getByRole('heading', { name: /2 of 2|match|verified/i }).first()).toBeVisible();
});
