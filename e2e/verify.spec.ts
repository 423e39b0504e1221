/** Verifying a checksum file: what is offered, the verdict, the report and what can be done with it. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Files } from './world/files.ts';
import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

/** A folder with a SHA256SUMS that is right; gives the path of the list. */
function release(files: Files, names: readonly string[] = ['a.iso', 'b.iso', 'notes/readme.txt']): string {
  for (const name of names) files.write(`release/${name}`);
  const lines = names.map((name) => `${files.digest(`release/${name}`)}  ${name}\n`);
  return files.write('release/SHA256SUMS', lines.join(''));
}

async function addPath(hashlane: Hashlane, path: string): Promise<void> {
  // A native file dialog or, in the browser, the path by its name: a dropped list alone leads nowhere there.
  if (hashlane.host.kind === 'electron') await hashlane.drop([path]);
  else await hashlane.host.addFolder(path);
}

const verdict = (hashlane: Hashlane) => hashlane.page.getByRole('region', { name: 'Verdict' }).getByRole('heading');

async function verify(hashlane: Hashlane, path: string): Promise<void> {
  await addPath(hashlane, path);
  await hashlane.button('Verify').click();
}

test('a checksum file is offered for verification, and says what it holds before anything is read', async ({
  hashlane,
  files,
}) => {
  await addPath(hashlane, release(files));
  const offer = hashlane.page.getByRole('region', { name: 'What can be done' });
  await expect(offer).toContainText('SHA256SUMS is a checksum file');
  await expect(offer).toContainText('SHA-256, GNU, text');
  await expect(offer).toContainText('3 files');
  await expect(offer).toContainText(files.path('release'));
  await expect(offer).toContainText('Not signed');
  await expect(hashlane.button('Verify')).toBeEnabled();
});

test('all files match, and the verdict says so', async ({ hashlane, files }) => {
  await verify(hashlane, release(files));
  await expect(verdict(hashlane)).toHaveText('All 3 files match');
  expect(await hashlane.statusOf('a.iso')).toBe('OK');
  await hashlane.hasRows(3);
});

test('what does not match stands first, with both digests, and can be filtered', async ({ hashlane, files }) => {
  const list = release(files);
  const expected = files.digest('release/b.iso');
  writeFileSync(files.path('release/b.iso'), 'tampered');
  appendFileSync(list, `${'0'.repeat(64)}  gone.iso\n`);
  files.write('release/extra.bin');
  await verify(hashlane, list);
  await expect(verdict(hashlane)).toHaveText('Does not match: 1 changed, 1 missing');
  await hashlane.hasRows(5);
  expect((await hashlane.visibleNames())[0]).toContain('b.iso');
  const row = hashlane.grid.getByRole('row').nth(1);
  await expect(row).toContainText(`Expected${expected}`);
  await expect(row).toContainText(`Actual${files.digest('release/b.iso')}`);
  await expect(row.locator('mark').first()).toBeVisible();

  await hashlane.page.getByRole('button', { name: /^Missing/ }).click();
  await hashlane.hasRows(1);
  await hashlane.page.getByRole('button', { name: /^All/ }).click();
  await hashlane.filter('EXTRA');
  await hashlane.hasRows(1);
  await expect(hashlane.grid).toContainText('Not listed');
});

test('the report is saved', async ({ hashlane, files }) => {
  const list = release(files);
  writeFileSync(files.path('release/a.iso'), 'tampered');
  await verify(hashlane, list);
  await expect(verdict(hashlane)).toContainText('1 changed');
  const bytes = await hashlane.host.saved(async () => {
    await hashlane.button('Save report').click();
    await hashlane.page.getByRole('menuitem', { name: /^JSON one document/ }).click();
  });
  expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ summary: { verdict: 'failed', ok: 2, changed: 1 } });
});

test('everything is reached by the keyboard', async ({ hashlane, files }) => {
  await addPath(hashlane, release(files));
  await hashlane.button('Verify').focus();
  await hashlane.page.keyboard.press('Enter');
  await expect(verdict(hashlane)).toHaveText('All 3 files match');
  await hashlane.hasRows(3);
  await hashlane.grid.focus();
  await hashlane.page.keyboard.press('ArrowDown');
  await hashlane.page.keyboard.press('End');
  await expect(hashlane.grid.getByRole('row', { selected: true })).toContainText('readme.txt');
  await hashlane.page.keyboard.press('Control+c');
  expect(await hashlane.host.clipboardText()).toBe(files.path('release/notes/readme.txt'));
});

test('a checksum file can still be hashed itself', async ({ hashlane, files }) => {
  await addPath(hashlane, release(files));
  await expect(hashlane.button('Verify')).toBeEnabled();
  await hashlane.button('Start').click();
  await hashlane.finished();
  expect(await hashlane.digestOf('SHA256SUMS')).toBe(files.digest('release/SHA256SUMS'));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to complain about in the ${colorScheme} theme`, async ({ hashlane, files }) => {
    await hashlane.page.emulateMedia({ colorScheme });
    const complaints = async (): Promise<string[]> => {
      const { violations } = await new AxeBuilder({ page: hashlane.page }).setLegacyMode().analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    };
    const list = release(files);
    writeFileSync(files.path('release/b.iso'), 'tampered');
    await addPath(hashlane, list);
    await hashlane.button('Verify').waitFor();
    expect(await complaints()).toEqual([]);
    await hashlane.button('Verify').click();
    await expect(verdict(hashlane)).toContainText('Does not match');
    expect(await complaints()).toEqual([]);
  });
}
