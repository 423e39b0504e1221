/** What an installed program does on a desktop. */
import type { ElectronHost } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

test('a second start hands its paths to the running window and ends', async ({ hashlane, files }) => {
  const host = hashlane.host as ElectronHost;
  await host.startAgain([files.write('first.iso'), files.write('second.iso')]);
  const ready = hashlane.page.getByRole('region', { name: 'Ready to hash' });
  await expect(ready.getByText('first.iso').first()).toBeVisible();
  await expect(ready.getByText('second.iso').first()).toBeVisible();
  expect(await host.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a page that crashes is loaded again and finds its results', async ({ hashlane, files }) => {
  await hashlane.drop([files.write('kept.txt')]);
  await hashlane.hash();
  const { app } = hashlane.host as ElectronHost;
  await app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents;
    const loaded = new Promise<void>((resolve) => page.once('did-finish-load', () => resolve()));
    page.forcefullyCrashRenderer();
    return loaded;
  });
  // Asked of Electron: Playwright gives up a page that crashed.
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.textContent'),
      ),
    )
    .toContain(files.digest('kept.txt'));
});

test('the theme of the settings is the theme of the window', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  const shown = () => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  expect(await shown()).toBe('system');
  await hashlane.button('Settings').click();
  await hashlane.page.getByRole('radio', { name: 'Dark' }).click({ force: true });
  await expect.poll(shown).toBe('dark');
});
