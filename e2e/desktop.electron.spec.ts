/** What an installed program does on a desktop: starts, menu, recent items, window. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { choose, menuState, startEndlessJob } from './world/desktop.ts';
import { ElectronHost } from './world/electron-host.ts';
import { expect, test } from './world/test.ts';

test('a second start hands its paths to the running window and ends', async ({ hashlane, files }) => {
  const host = hashlane.host as ElectronHost;
  await host.startAgain([files.write('first.iso'), files.write('second.iso')]);
  const ready = hashlane.page.getByRole('region', { name: 'Ready to hash' });
  await expect(ready.getByText('first.iso').first()).toBeVisible();
  await expect(ready.getByText('second.iso').first()).toBeVisible();
  expect(await host.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('many starts at once, one for each file, arrive in one window while a job runs', async ({ hashlane, files }) => {
  const host = hashlane.host as ElectronHost;
  await startEndlessJob(hashlane, files);
  const names = Array.from({ length: 8 }, (_, number) => `selected ${number}.iso`);
  await Promise.all(names.map((name) => host.startAgain([files.write(name)])));
  const ready = hashlane.page.getByRole('region', { name: 'Ready to hash' });
  await expect(ready.getByText('8 items')).toBeVisible();
  for (const name of names) await expect(ready.getByText(name).first()).toBeAttached();
  await expect(hashlane.button('Pause')).toBeVisible();
});

test('the menu offers what can be done now', async ({ hashlane, files }) => {
  const { app } = hashlane.host as ElectronHost;
  const offered = async () => {
    const state = await menuState(app);
    const names = ['addFiles', 'start', 'pause', 'resume', 'cancel', 'export'];
    return names.filter((name) => state[`command:${name}`]).join(' ');
  };
  await expect.poll(offered).toBe('addFiles');
  await startEndlessJob(hashlane, files);
  await expect.poll(offered).toBe('addFiles pause cancel');
  await choose(app, 'command:pause');
  await expect.poll(offered).toBe('addFiles resume cancel');
  await hashlane.drop([files.write('next.txt')]);
  await expect.poll(offered).toBe('addFiles start resume cancel');
  await choose(app, 'command:cancel');
  await hashlane.finished();
  await expect.poll(offered).toBe('addFiles start export');
  await hashlane.button('Settings').click();
  await expect.poll(offered, 'a dialog is open').toBe('');
  await hashlane.page.keyboard.press('Escape');
  await choose(app, 'command:start');
  await hashlane.hasRows(2);
  await expect.poll(offered).toBe('addFiles export');
});

test('a menu item that is not offered does nothing, whoever asks', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  await app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents;
    for (const name of ['start', 'cancel', 'constructor', '__proto__', '']) page.send('hashlane:command', name);
  });
  await choose(app, 'command:guide');
  await expect(hashlane.page.getByRole('dialog', { name: 'How Hashlane works' })).toBeVisible();
});

test('help copies diagnostics that name no file', async ({ hashlane, files }) => {
  const { app } = hashlane.host as ElectronHost;
  await hashlane.drop([files.write('private.txt')]);
  await hashlane.hash();
  await choose(app, 'command:copyDiagnostics');
  await expect(hashlane.page.getByRole('status').filter({ hasText: 'Report copied' })).toBeVisible();
  const report = await hashlane.host.clipboardText();
  expect(report).toContain('Buffer pools');
  expect(report).not.toContain('private');
});

test('a build without a release feed says so when asked for updates', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  const told = app.evaluate(
    ({ dialog }) =>
      new Promise<string>((resolve) => {
        dialog.showMessageBox = async (...args: unknown[]) => {
          resolve((args.at(-1) as { message: string }).message);
          return { response: 0, checkboxChecked: false };
        };
      }),
  );
  await choose(app, 'Check for Updates…');
  expect(await told).toBe('This build has no release feed.');
});

test('recent items are added again from the menu, and can be cleared', async ({ hashlane, files }) => {
  const { app } = hashlane.host as ElectronHost;
  await hashlane.drop([files.write('dropped & kept.txt')]);
  await hashlane.host.addFolder(files.folder('chosen'));
  await hashlane.button('Remove all').click();
  const folder = files.path('chosen');
  const items = () =>
    app.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()!.items.find((item) => item.label === '&File');
      const recent = file?.submenu?.items.find((item) => item.label === 'Open &Recent');
      return (recent?.submenu?.items ?? []).map((item) => item.label).filter((label) => label !== '');
    });
  expect(await items()).toEqual([folder, files.path('dropped && kept.txt'), '&Clear Menu']);
  await choose(app, folder);
  await expect(hashlane.page.getByRole('region', { name: 'Ready to hash' }).getByText('chosen').first()).toBeVisible();
  await choose(app, 'clear-recent');
  expect(await items()).toEqual(['&Clear Menu']);
  const profile = await app.evaluate(({ app }) => app.getPath('userData'));
  expect(readdirSync(profile)).not.toContain('recent.json');
});

test('the theme of the settings is the theme of the window', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  const shown = () => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  expect(await shown()).toBe('system');
  await hashlane.button('Settings').click();
  await hashlane.page.getByRole('radio', { name: 'Dark' }).click({ force: true });
  await expect.poll(shown).toBe('dark');
});

test('size and place of the window are kept over two starts, and a place that is gone is not', async () => {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-e2e-'));
  const boundsOf = (host: ElectronHost) =>
    host.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getNormalBounds());
  const placed = async (place: Electron.Rectangle | null): Promise<Electron.Rectangle> => {
    const host = await ElectronHost.launch({ scratch, paths: [] });
    const found = await boundsOf(host);
    if (place)
      await host.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to), place);
    if (place) await expect.poll(() => boundsOf(host)).toEqual(place);
    await host.close();
    return found;
  };
  try {
    await placed({ x: 60, y: 40, width: 900, height: 600 });
    expect(await placed({ x: 5_000, y: 5_000, width: 700, height: 500 })).toEqual({
      x: 60,
      y: 40,
      width: 900,
      height: 600,
    });
    const found = await placed(null);
    expect([found.width, found.height]).toEqual([700, 500]);
    expect(found.x).toBeLessThan(1_000);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('a child process that ends is noted, and crashes are kept on this machine alone', async ({ hashlane }) => {
  const { app } = hashlane.host as ElectronHost;
  const state = await app.evaluate(({ app, crashReporter }) => {
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'oom', exitCode: 9, serviceName: 'network' });
    return {
      logs: app.getPath('logs'),
      profile: app.getPath('userData'),
      dumps: app.getPath('crashDumps'),
      uploads: crashReporter.getUploadToServer(),
    };
  });
  expect(state.uploads).toBe(false);
  expect(state.dumps.startsWith(state.profile)).toBe(true);
  const log = readFileSync(path.join(state.logs, 'hashlane.log'), 'utf8');
  expect(log).toContain('error Utility process network ended: oom, 9');
});

test('the log tells what was done and names no file', async ({ hashlane, files }) => {
  const { app } = hashlane.host as ElectronHost;
  await hashlane.drop([files.write('a private name.txt')]);
  await hashlane.hash();
  // A file in the place of a folder: the export fails with a path in its message.
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    },
    `${files.path('a private name.txt')}/export`,
  );
  await app.evaluate(() => {
    void Promise.reject(
      Object.assign(new Error("ENOENT: no such file, open '/home/x/another private name'"), { code: 'ENOENT' }),
    );
  });
  await hashlane.page.evaluate(() => console.error('/home/x/a third private name'));
  const folder = await app.evaluate(({ app }) => app.getPath('logs'));
  const log = () => readFileSync(path.join(folder, 'hashlane.log'), 'utf8');
  await expect.poll(log).toContain('error page: …');
  expect(log()).toMatch(/info {2}Hashlane [\d.]+ on /);
  // One job: what began is what finished.
  expect(log()).toMatch(
    /job ([0-9a-z]{11}) began: [\s\S]*job \1 finished: 1 files, \d+ bytes, 1 ok, 0 failed, 0 skipped/,
  );
  expect(log()).toContain('unhandled rejection: Error ENOENT: ENOENT: no such file, open …');
  expect(log()).not.toContain('private');
  await app.evaluate(({ shell }) => {
    shell.showItemInFolder = (file) => {
      (globalThis as unknown as { revealed: string }).revealed = file;
    };
  });
  await choose(app, 'Reveal Logs');
  expect(await app.evaluate(() => (globalThis as unknown as { revealed: string }).revealed)).toBe(
    path.join(folder, 'hashlane.log'),
  );
});
