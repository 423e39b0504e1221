import { AxeBuilder } from '@axe-core/playwright';
import { algorithms } from '#shared/tables/algorithms.ts';
import { expect, test } from './world/test.ts';

test('every chosen algorithm has its column, from one read', async ({ hashlane, files }) => {
  await hashlane.chooseAlgorithms(['MD5', 'SHA-1', 'SHA-512', 'SHA3-256', 'CRC-32']);
  await hashlane.drop([files.write('f.bin', 'The quick brown fox jumps over the lazy dog')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('f.bin', 'MD5')).toBe('9e107d9d372bb6826bd81d3542a419d6');
  expect(await hashlane.digestOf('f.bin', 'SHA-1')).toBe('2fd4e1c67a2d28fced849ee1bb76e7391b93eb12');
  expect(await hashlane.digestOf('f.bin', 'SHA-512')).toBe(files.digest('f.bin', 'sha512'));
  expect(await hashlane.digestOf('f.bin', 'SHA3-256')).toBe(files.digest('f.bin', 'sha3-256'));
  expect(await hashlane.digestOf('f.bin', 'CRC-32')).toBe('414fa339');
  expect(await hashlane.columns()).not.toContain('SHA-256');
});

test('the choice is kept', async ({ hashlane, files }) => {
  await hashlane.chooseAlgorithms(['BLAKE3', 'ED2K']);
  await hashlane.page.reload();
  await hashlane.drop([files.write('empty.bin', '')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('empty.bin', 'ED2K')).toBe('31d6cfe0d16ae931b73c59d7e0c089c0');
  expect(await hashlane.digestOf('empty.bin', 'BLAKE3')).toBe(
    'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
  );
});

test('the last algorithm cannot be taken away', async ({ hashlane }) => {
  await hashlane.chooseAlgorithms(['SHA-256']);
  await hashlane.button('Algorithms').click();
  await expect(hashlane.page.getByRole('checkbox', { name: 'SHA-256', exact: true })).toBeDisabled();
});

test('digests stand as their fields write them: TTH and AICH in base32', async ({ hashlane, files }) => {
  await hashlane.chooseAlgorithms(['TTH', 'AICH', 'Tiger', 'GOST12-512']);
  await hashlane.drop([files.write('empty.bin', '')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('empty.bin', 'TTH')).toBe('LWPNACQDBZRYXW3VHJVCJ64QBZNGHOHHHZWCLNQ');
  expect(await hashlane.digestOf('empty.bin', 'AICH')).toBe('3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ');
  expect(await hashlane.digestOf('empty.bin', 'Tiger')).toBe('3293ac630c13f0245f92bbb1766e16167a4e58492dde73f3');
  expect(await hashlane.digestOf('empty.bin', 'GOST12-512')).toMatch(/^8e945da209aa869f0455928529bcae46/);
});

test('ED2K links are offered where there are ED2K digests', async ({ hashlane, files }) => {
  await hashlane.drop([files.write('a b.bin', 'abc')]);
  await hashlane.hash();
  await hashlane.button('Export').click();
  await expect(hashlane.page.getByRole('menuitem', { name: /ED2K links/ })).toBeDisabled();
  await expect(hashlane.page.getByRole('menuitem', { name: /Magnet links/ })).toBeEnabled();
  await hashlane.page.keyboard.press('Escape');

  await hashlane.button('Clear results').click();
  await hashlane.chooseAlgorithms(['ED2K']);
  await hashlane.drop([files.path('a b.bin')]);
  await hashlane.hash();
  expect((await hashlane.export(/ED2K links/)).toString('utf8')).toBe(
    'ed2k://|file|a%20b.bin|3|a448017aaf21d8525fc10ae87aa6729d|/\n',
  );
});

test('an algorithm is found by typing, chosen by Enter, and the search is emptied by Escape', async ({ hashlane }) => {
  const { page } = hashlane;
  const boxes = page.getByRole('dialog', { name: 'Choose algorithms' }).getByRole('checkbox');
  await hashlane.button('Algorithms').click();
  await expect(boxes).toHaveCount(algorithms.length);
  await expect(page.getByRole('searchbox', { name: 'Find an algorithm' })).toBeFocused();

  await page.keyboard.type('blake');
  await expect(boxes).toHaveCount(3);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'BLAKE3', exact: true })).not.toBeChecked();

  await page.keyboard.type(' 3');
  await expect(boxes).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(boxes).toBeChecked();

  await page.keyboard.press('Escape');
  await expect(boxes).toHaveCount(algorithms.length);
  await page.keyboard.type('no such thing');
  await expect(boxes).toHaveCount(0);
  await expect(page.getByText('No algorithm is called so.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Choose algorithms' })).toBeHidden();
  await expect(hashlane.button('Algorithms')).toBeFocused();
});

test('every algorithm is reached by the keyboard', async ({ hashlane }) => {
  const { page } = hashlane;
  await hashlane.button('Algorithms').click();
  const reached = new Set<string>();
  for (let press = 0; press < algorithms.length + 10; press++) {
    await page.keyboard.press('Tab');
    reached.add((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? '');
  }
  // The last one chosen cannot be taken away, so Tab passes it over.
  expect(algorithms.map(({ label }) => label).filter((label) => !reached.has(label))).toEqual(['SHA-256']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to complain about in the choice, ${colorScheme}`, async ({ hashlane }) => {
    await hashlane.page.emulateMedia({ colorScheme });
    await hashlane.button('Algorithms').click();
    await expect(hashlane.page.getByRole('checkbox', { name: 'BTIH', exact: true })).toBeVisible();
    const axe = () => new AxeBuilder({ page: hashlane.page }).setLegacyMode().analyze();
    expect((await axe()).violations).toEqual([]);
    await hashlane.page.keyboard.type('no such thing');
    expect((await axe()).violations).toEqual([]);
  });
}
