import { expect, test } from './world/test.ts';

const sizes = { 'alpha.txt': 300, 'beta.txt': 100, 'gamma.log': 200 };

test.beforeEach(async ({ hashlane, files }) => {
  for (const [name, size] of Object.entries(sizes)) files.write(`set/${name}`, 'x'.repeat(size));
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
});

test('rows sort by name and by size, both ways', async ({ hashlane }) => {
  await hashlane.sortBy('Name');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['alpha.txt', 'beta.txt', 'gamma.log']);
  await hashlane.sortBy('Name');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['gamma.log', 'beta.txt', 'alpha.txt']);
  await hashlane.sortBy('Size');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['beta.txt', 'gamma.log', 'alpha.txt']);
  await expect(hashlane.grid.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');
});

test('the filter keeps what matches, whatever the case', async ({ hashlane }) => {
  await hashlane.filter('ALPHA');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['alpha.txt']);
  await hashlane.filter('.txt');
  await expect.poll(async () => (await hashlane.visibleNames()).sort()).toEqual(['alpha.txt', 'beta.txt']);
  await hashlane.filter('nothing of the kind');
  await expect.poll(() => hashlane.visibleNames()).toEqual([]);
  await hashlane.filter('');
  await hashlane.hasRows(3);
});

test('an export in GNU form is what sha256sum would write', async ({ hashlane, files }) => {
  const names = Object.keys(sizes)
    .map((name) => `set/${name}`)
    .sort();
  // Electron saves it elsewhere, where names stay whole.
  const exported = async () =>
    (await hashlane.export(/gnu/i)).toString('utf8').replaceAll(`${files.path('set')}/`, 'set/');
  const text = await exported();
  expect(text).toBe(names.map((name) => `${files.digest(name)}  ${name}\n`).join(''));
  expect(await exported(), 'the same every time').toBe(text);
});

test('an export as JSON Lines has every result with its size', async ({ hashlane, files }) => {
  const text = (await hashlane.export(/json lines/i)).toString('utf8');
  const results = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(results).toHaveLength(3);
  for (const result of results) {
    const name = result.path.slice(result.path.lastIndexOf('/') + 1) as keyof typeof sizes;
    expect(result).toMatchObject({ status: 'ok', size: sizes[name], digests: { sha256: files.digest(`set/${name}`) } });
  }
});

test('Ctrl+C copies the row in GNU form', async ({ hashlane, files }) => {
  await hashlane.row('beta.txt').click();
  await hashlane.page.keyboard.press('ControlOrMeta+c');
  await expect
    .poll(async () => (await hashlane.host.clipboardText()).trim())
    .toMatch(new RegExp(`^${files.digest('set/beta.txt')} [ *].*beta\\.txt$`));
});

test('a digest is copied from the row’s menu', async ({ hashlane, files }) => {
  await hashlane.row('gamma.log').click({ button: 'right' });
  await hashlane.page
    .getByRole('menuitem', { name: /Copy.*(digest|SHA-256)/ })
    .first()
    .click();
  await expect.poll(() => hashlane.host.clipboardText()).toBe(files.digest('set/gamma.log'));
});

test('the row menu acts on the row that was clicked, also when all are selected', async ({ hashlane, files }) => {
  await hashlane.row('beta.txt').click();
  await hashlane.page.keyboard.press('ControlOrMeta+a');
  await hashlane.row('gamma.log').click({ button: 'right' });
  await hashlane.page.getByRole('menuitem', { name: 'Copy SHA-256' }).click();
  await expect.poll(() => hashlane.host.clipboardText()).toBe(files.digest('set/gamma.log'));
});

test('a right click on a column header opens a menu about the column, not about a row', async ({ hashlane }) => {
  await hashlane.row('beta.txt').click();
  await hashlane.page.getByRole('columnheader', { name: 'Name' }).click({ button: 'right' });
  await expect(hashlane.page.getByRole('menuitem', { name: 'Sort ascending' })).toBeVisible();
  await expect(hashlane.page.getByRole('menuitem', { name: /copy|hash|details/i })).toHaveCount(0);
  await hashlane.page.keyboard.press('Escape');
  await hashlane.row('beta.txt').click({ button: 'right' });
  await expect(hashlane.page.getByRole('menuitem').first()).toBeVisible();
});

test('the row menu counts only the selected rows that are shown', async ({ hashlane }) => {
  await hashlane.row('beta.txt').click();
  await hashlane.page.keyboard.press('ControlOrMeta+a');
  await hashlane.filter('.txt');
  await expect(hashlane.row('gamma.log')).toHaveCount(0);
  await hashlane.row('beta.txt').click({ button: 'right' });
  await expect(hashlane.page.getByRole('menuitem', { name: 'Hash 2 rows again' })).toBeVisible();
});

test('the filter finds a digest', async ({ hashlane, files }) => {
  await hashlane.page.getByRole('searchbox', { name: 'Filter results' }).fill(files.digest('set/beta.txt'));
  await expect(hashlane.row('alpha.txt')).toHaveCount(0);
  await expect(hashlane.row('beta.txt')).toBeVisible();
});

test('a reloaded window finds its results again', async ({ hashlane, files }) => {
  await hashlane.page.reload();
  await hashlane.hasRows(3);
  expect(await hashlane.digestOf('alpha.txt')).toBe(files.digest('set/alpha.txt'));
});
