import { expect, test } from './world/test.ts';

test.use({ startedWith: { names: ['a.txt', 'b.txt', 'c.txt'] } });

test('the whole way works without a mouse', async ({ hashlane, files }) => {
  const { page } = hashlane;
  await expect(hashlane.button('Start')).toBeEnabled();
  await page.keyboard.press('ControlOrMeta+Enter');
  await hashlane.finished();

  await page.keyboard.press('ControlOrMeta+f');
  await expect(page.getByRole('searchbox', { name: 'Filter results' })).toBeFocused();
  await page.keyboard.type('b.txt');
  await expect.poll(() => hashlane.visibleNames()).toEqual(['b.txt']);
  await hashlane.filter('');

  await hashlane.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ControlOrMeta+c');
  const second = (await hashlane.visibleNames())[1]!;
  await expect.poll(() => hashlane.host.clipboardText()).toContain(files.digest(second));
  await page.keyboard.press('Enter');
  await expect(page.getByText(files.path(second)).first()).toBeVisible();
});

test('every control is reached by Tab', async ({ hashlane }) => {
  await hashlane.hash();
  const reached = new Set<string>();
  for (let press = 0; press < 60; press++) {
    await hashlane.page.keyboard.press('Tab');
    const name = await hashlane.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    reached.add(name.trim());
  }
  const names = [...reached].join('\n');
  for (const control of ['Add files', 'Add folder', 'Algorithms', 'Export', 'Diagnostics', 'Settings', 'Results']) {
    expect(names).toContain(control);
  }
});
