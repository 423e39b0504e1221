/** Guarding a folder: on record, checked, damaged, accepted. */
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const verdict = (hashlane: Hashlane) => hashlane.page.getByRole('region', { name: 'Verdict' }).getByRole('heading');
const list = (hashlane: Hashlane) => hashlane.page.getByRole('list', { name: 'Folders on record' });

function rot(file: string): void {
  const { atime, mtime } = statSync(file);
  writeFileSync(file, 'rotten');
  utimesSync(file, atime, mtime);
}

async function complaints(hashlane: Hashlane): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: hashlane.page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

async function checkNow(hashlane: Hashlane): Promise<void> {
  await hashlane.button('Guard').click();
  await list(hashlane).getByRole('button', { name: 'Check now' }).click();
}

test('a folder is guarded, and damage is told until the file is accepted', async ({ hashlane, files }) => {
  const damaged = files.write('photos/a.jpg');
  files.write('photos/b.jpg');
  await hashlane.host.addFolder(files.path('photos'));
  await hashlane.button('Guard this folder').click();
  await expect(verdict(hashlane)).toHaveText('2 files read, no damage · 2 new');
  await checkNow(hashlane);
  await expect(verdict(hashlane)).toHaveText('2 files read, no damage');

  rot(damaged);
  for (let run = 0; run < 2; run++) {
    await checkNow(hashlane);
    await expect(verdict(hashlane)).toHaveText('Not as on record: 1 damaged');
  }
  await expect(hashlane.page.getByRole('alert')).toContainText(`1 file in ${files.path('photos')} is damaged.`);
  await expect(hashlane.grid).toContainText('a.jpg');
  expect(await complaints(hashlane)).toEqual([]);

  await hashlane.button('Guard').click();
  await expect(list(hashlane)).toContainText('1 file is damaged');
  expect(await complaints(hashlane)).toEqual([]);
  await list(hashlane).getByRole('button', { name: 'Last report' }).click();
  await hashlane.grid.getByText('a.jpg').click({ button: 'right' });
  await hashlane.page.getByRole('menuitem', { name: 'Accept as it is now' }).click();
  await expect(hashlane.page.getByRole('status').filter({ hasText: 'a.jpg is on record as it is now.' })).toBeVisible();
  await checkNow(hashlane);
  await expect(verdict(hashlane)).toHaveText('2 files read, no damage');
});

test('the folder of a finished job is guarded from the list of jobs, and taken off again', async ({
  hashlane,
  files,
}) => {
  files.write('set/a.txt');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
  const jobs = hashlane.page.getByRole('navigation', { name: 'Jobs' });
  await jobs.locator('[data-job]').filter({ hasText: '1 file hashed' }).click({ button: 'right' });
  await hashlane.page.getByRole('menuitem', { name: 'Guard this folder' }).click();
  await expect(verdict(hashlane)).toHaveText('1 file read, no damage · 1 new');
  await hashlane.button('Guard').click();
  await list(hashlane).getByRole('button', { name: 'Stop guarding' }).click();
  await expect(hashlane.page.getByText('No folder is guarded yet.')).toBeVisible();
});
