/** Comparing two folders, and looking for duplicates in one. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const verdict = (hashlane: Hashlane) => hashlane.page.getByRole('region', { name: 'Verdict' }).getByRole('heading');
const rows = (hashlane: Hashlane) => hashlane.page.getByRole('treegrid', { name: 'Results' }).getByRole('row');

async function complaints(hashlane: Hashlane): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: hashlane.page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

test('two folders are compared side by side, with folders that sum up', async ({ hashlane, files }) => {
  for (const side of ['left', 'right']) {
    files.write(`${side}/same/a.txt`, 'equal');
    files.write(`${side}/same/b.txt`, 'equal too');
    files.write(`${side}/work/changed.txt`, side.padEnd(9));
    files.write(`${side}/work/longer.txt`, side);
  }
  files.write('left/work/only-left.txt', 'only here');
  await hashlane.host.addFolder(files.path('left'));
  await hashlane.host.addFolder(files.path('right'));
  const offer = hashlane.page.getByRole('region', { name: 'What can be done' });
  await expect(offer).toContainText(`${files.path('left')} (folder)`);
  await hashlane.button('Compare').click();
  await expect(verdict(hashlane)).toHaveText('Different: 2 changed, 1 only left');

  const same = rows(hashlane).filter({ hasText: /^same/ });
  await expect(same).toHaveAttribute('aria-expanded', 'false');
  await expect(same).toContainText('2 files');
  const work = rows(hashlane).filter({ hasText: /^work/ });
  await expect(work).toHaveAttribute('aria-expanded', 'true');
  await expect(work).toContainText('3 differ');
  await expect(rows(hashlane).filter({ hasText: 'changed.txt' }).locator('mark').first()).toBeVisible();
  await expect(rows(hashlane).filter({ hasText: 'longer.txt' })).toContainText('4 bytes');
  await expect(hashlane.page.getByText('a.txt')).toBeHidden();

  const grid = hashlane.page.getByRole('treegrid', { name: 'Results' });
  await grid.focus();
  await hashlane.page.keyboard.press('Home');
  await hashlane.page.keyboard.press('ArrowRight');
  await expect(hashlane.page.getByText('a.txt')).toBeVisible();
  await hashlane.page.keyboard.press('ArrowLeft');
  await expect(hashlane.page.getByText('a.txt')).toBeHidden();

  await hashlane.page.getByRole('button', { name: /^Only left/ }).click();
  await expect(hashlane.page.getByText('only-left.txt')).toBeVisible();
  await expect(hashlane.page.getByText('changed.txt')).toBeHidden();
  expect(await complaints(hashlane)).toEqual([]);
});

test('a checksum file and a folder can be verified or compared', async ({ hashlane, files }) => {
  files.write('set/a.txt');
  const list = files.write('SHA256SUMS', `${files.digest('set/a.txt')}  a.txt\n`);
  await hashlane.host.addFolder(files.path('set'));
  if (hashlane.host.kind === 'electron') await hashlane.drop([list]);
  else await hashlane.host.addFolder(list);
  await expect(hashlane.button('Verify')).toBeEnabled();
  await hashlane.button('Compare').click();
  await expect(verdict(hashlane)).toHaveText('Both sides have the same file');
});

test('duplicates stand in groups, with what could be freed', async ({ hashlane, files }) => {
  const content = 'x'.repeat(5000);
  for (const name of ['set/one.bin', 'set/two.bin', 'set/deep/three.bin']) files.write(name, content);
  files.write('set/other.bin');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.button('Find duplicates').click();
  await expect(verdict(hashlane)).toHaveText('10.0 kB could be freed');
  await expect(hashlane.grid).toContainText('3 copies of 5.00 kB');
  await hashlane.hasRows(4);
  await hashlane.filter('three');
  await hashlane.hasRows(1);
  expect(await complaints(hashlane)).toEqual([]);
});
