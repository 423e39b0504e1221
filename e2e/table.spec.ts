import type { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const names = ['ep 2.mkv', 'ep 10.mkv', 'Ep 1.mkv', 'notes.txt'];

test.beforeEach(async ({ hashlane, files }) => {
  for (const name of names) files.write(`set/${name}`);
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.hash();
});

const view = async ({ page }: Hashlane, name: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name }).click();
  await page.keyboard.press('Escape');
};

test('paths stand in the order in which people count, from the start', async ({ hashlane }) => {
  await expect.poll(() => hashlane.visibleNames()).toEqual(['Ep 1.mkv', 'ep 2.mkv', 'ep 10.mkv', 'notes.txt']);
});

test('rows are found by pattern and by status, and the chips count what fits', async ({ hashlane }) => {
  await hashlane.filter('*.mkv');
  await hashlane.hasRows(3);
  await expect(hashlane.page.getByRole('button', { name: /^All 3$/ })).toBeVisible();
  await hashlane.filter('status:failed');
  await hashlane.hasRows(0);
});

test('removed rows come back with Ctrl+Z, and the keyboard never loses its place', async ({ hashlane }) => {
  const { page } = hashlane;
  await hashlane.row('ep 2.mkv').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['Ep 1.mkv', 'notes.txt']);
  await expect(hashlane.grid).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['Ep 1.mkv', 'ep 2.mkv', 'ep 10.mkv', 'notes.txt']);
});

test('columns are hidden, moved, made wider, and stay so after a reload', async ({ hashlane }) => {
  const { page } = hashlane;
  await view(hashlane, /^Size$/);
  await expect.poll(() => hashlane.columns()).toEqual(['Name', 'Status', 'SHA-256']);
  await page.getByRole('columnheader', { name: 'SHA-256' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move left' }).click();
  await expect.poll(() => hashlane.columns()).toEqual(['Name', 'SHA-256', 'Status']);
  const header = page.getByRole('columnheader', { name: 'SHA-256' });
  const before = (await header.boundingBox())!;
  await page.mouse.move(before.x + before.width, before.y + 10);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width - 120, before.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await header.boundingBox())!.width - before.width)).toBe(-120);
  await page.reload();
  await hashlane.hasRows(4);
  await expect.poll(() => hashlane.columns()).toEqual(['Name', 'SHA-256', 'Status']);
  await expect.poll(async () => Math.round((await header.boundingBox())!.width - before.width)).toBe(-120);
});

test('the name stays where it is when the table is scrolled sideways', async ({ hashlane }) => {
  const { page } = hashlane;
  await page.setViewportSize({ width: 560, height: 600 });
  const cell = (await hashlane.cell('notes.txt', 'Name')).first();
  const before = (await cell.boundingBox())!;
  await hashlane.grid.evaluate((grid) => grid.scrollTo({ left: 400 }));
  await expect.poll(() => hashlane.grid.evaluate((grid) => grid.scrollLeft)).toBeGreaterThan(20);
  expect((await cell.boundingBox())!.x).toBe(before.x);
});

test('a digest is selected with the pointer and copied as it is', async ({ hashlane, files }) => {
  const { page } = hashlane;
  const digest = (await hashlane.cell('notes.txt', 'SHA-256')).locator('[data-digest]');
  await digest.dblclick();
  await expect(page.getByRole('complementary', { name: 'Details' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => hashlane.host.clipboardText()).toBe(files.digest('set/notes.txt'));
});

test('rows are copied as a table, in capitals when digests are shown so', async ({ hashlane, files }) => {
  const { page } = hashlane;
  await view(hashlane, /capitals/);
  await hashlane.row('notes.txt').click({ button: 'right' });
  // A pointer on its way between two menus may close the inner one.
  await page.getByRole('menuitem', { name: 'Copy as' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: /^Table/ }).press('Enter');
  await expect.poll(() => hashlane.host.clipboardText()).toContain(`\t${files.digest('set/notes.txt').toUpperCase()}`);
});

test('the keyboard reaches single cells, finds names by their beginning, and comes from the filter', async ({
  hashlane,
}) => {
  const { page } = hashlane;
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.press('ArrowDown');
  await expect(hashlane.grid).toBeFocused();
  await page.keyboard.type('no');
  await expect(hashlane.row('notes.txt')).toHaveAttribute('aria-selected', 'true');
  const active = (): Promise<string | null> =>
    page.evaluate(() => {
      const id = document.activeElement?.getAttribute('aria-activedescendant');
      return document.getElementById(id ?? '')?.getAttribute('aria-colindex') ?? null;
    });
  expect(await active()).toBeNull();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(active).toBe('2');
  await page.keyboard.press('Shift+F10');
  const menu = (await page.getByRole('menu').boundingBox())!;
  const row = (await hashlane.row('notes.txt').boundingBox())!;
  expect(Math.abs(menu.y - row.y), 'the menu is at its row').toBeLessThan(60);
});

test('several selected rows are counted with their size', async ({ hashlane }) => {
  await hashlane.grid.focus();
  await hashlane.page.keyboard.press('ControlOrMeta+a');
  await expect(hashlane.page.getByText(/^4 selected, \d+ B$/)).toBeVisible();
});
