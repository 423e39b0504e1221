/**
 * What holds in a package only. Electron takes itself for packaged when its program is not called
 * `electron`: a copy of the runtime under another name, made of links, stands in for one.
 */
import { linkSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { choose } from './world/desktop.ts';
import { ElectronHost, executable } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

test.skip(process.platform !== 'linux', 'the runtime is a single folder on Linux alone');

/** With HASHLANE_PACKAGED_APP the specs run on a package itself. */
const packaged = process.env.HASHLANE_PACKAGED_APP !== undefined;

/** Links all files of the runtime below `to`, and gives back the program there. */
function renamedRuntime(to: string): string {
  const from = path.dirname(executable());
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const target = path.join(to, name === path.basename(executable()) ? 'renamed' : name);
    if (statSync(path.join(from, name)).isDirectory()) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    linkSync(path.join(from, name), target);
  }
  return path.join(to, 'renamed');
}

test('developer tools do not open, and no menu offers them', async ({ files }) => {
  let program: string | undefined;
  try {
    if (!packaged) program = renamedRuntime(files.path('runtime'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    test.skip(true, 'the runtime lies on another file system than temporary files');
    return;
  }
  const { app, page } = await ElectronHost.launch({
    scratch: files.folder('scratch'),
    paths: [],
    ...(program === undefined ? {} : { program }),
  });
  try {
    await page.getByRole('button', { name: 'Add files' }).first().waitFor();
    expect(await app.evaluate(({ app }) => app.isPackaged)).toBe(true);
    const opened = await app.evaluate(async ({ BrowserWindow }) => {
      const page = BrowserWindow.getAllWindows()[0]!.webContents;
      page.openDevTools({ mode: 'detach' });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return page.isDevToolsOpened();
    });
    expect(opened).toBe(false);
    await expect(choose(app, 'Toggle Developer Tools')).rejects.toThrow('There is no menu item');
  } finally {
    await app.close();
  }
});

test('in a checkout they do, or the test above would show nothing', async ({ hashlane }) => {
  test.skip(packaged, 'this is no checkout');
  const { app } = hashlane.host as ElectronHost;
  const opened = await app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents;
    const open = new Promise<boolean>((resolve) =>
      page.once('devtools-opened', () => resolve(page.isDevToolsOpened())),
    );
    page.openDevTools({ mode: 'detach' });
    return open;
  });
  expect(opened).toBe(true);
});
