/** What the desktop shows of a job, and what becomes of it when the window or the person goes. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { choose, crashPage, menuState, pageText, spy, startEndlessJob } from './world/desktop.ts';
import { ElectronHost } from './world/electron-host.ts';
import { Hashlane } from './world/hashlane.ts';
import { expect, test } from './world/test.ts';

const electron = (hashlane: Hashlane): ElectronApplication => (hashlane.host as ElectronHost).app;

test('the machine is kept awake while a job works, and may sleep while it is paused or over', async ({
  hashlane,
  files,
}) => {
  const started = await spy(electron(hashlane), 'powerSaveBlocker.start', 7);
  const stopped = await spy(electron(hashlane), 'powerSaveBlocker.stop');
  await startEndlessJob(hashlane, files);
  await expect.poll(started).toEqual([['prevent-app-suspension']]);
  expect(await stopped()).toEqual([]);
  await hashlane.button('Pause').click();
  await expect.poll(stopped).toEqual([[7]]);
  await hashlane.button('Resume').click();
  await expect.poll(started).toHaveLength(2);
  await hashlane.button('Cancel').click();
  await expect.poll(stopped).toEqual([[7], [7]]);
});

test('the taskbar shows progress, a pause, and nothing when it is over', async ({ hashlane, files }) => {
  const shown = await spy(electron(hashlane), 'window.setProgressBar');
  const last = async () => (await shown()).at(-1) as [number, { mode: string }?] | undefined;
  await startEndlessJob(hashlane, files);
  await expect.poll(async () => (await last())?.[1]?.mode).toBe('normal');
  const [part] = (await last())!;
  expect(part).toBeGreaterThanOrEqual(0);
  expect(part).toBeLessThan(1);
  await hashlane.button('Pause').click();
  await expect.poll(async () => (await last())?.[1]?.mode).toBe('paused');
  await hashlane.button('Cancel').click();
  await expect.poll(last).toEqual([-1]);
});

test.describe('a long job', () => {
  /** Hashes a small file in what the host takes for a minute. */
  async function hashForAMinute(hashlane: Hashlane, files: Parameters<typeof startEndlessJob>[1]): Promise<void> {
    files.sparse('long.bin', 2 ** 32);
    await hashlane.drop([files.path('long.bin')]);
    await hashlane.start();
    await hashlane.button('Pause').click();
    await hashlane.button('Resume').waitFor();
    await electron(hashlane).evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
    await hashlane.button('Resume').click();
    await hashlane.finished(60_000);
  }

  test('that ends unseen is told by a notification without names; a click shows the window', async ({
    hashlane,
    files,
  }) => {
    const app = electron(hashlane);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.isFocused = () => false;
    });
    await app.evaluate(({ Notification }) => {
      Notification.prototype.show = function () {
        (globalThis as unknown as { shown: Electron.Notification }).shown = this;
      };
      Notification.isSupported = () => true;
    });
    await hashForAMinute(hashlane, files);
    const shown = () =>
      app.evaluate(() => {
        const { shown } = globalThis as unknown as { shown?: Electron.Notification };
        return shown ? [shown.title, shown.body] : null;
      });
    await expect.poll(shown).toEqual(['Hashing finished', expect.stringMatching(/^1 file in \d+:\d\d\.$/)]);
    const focused = await spy(app, 'window.focus');
    await app.evaluate(() => (globalThis as unknown as { shown: Electron.Notification }).shown.emit('click'));
    expect(await focused()).toHaveLength(1);
  });

  test('that ends in sight is not', async ({ hashlane, files }) => {
    const app = electron(hashlane);
    const shown = await spy(app, 'Notification.show');
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.isFocused = () => true;
    });
    await hashForAMinute(hashlane, files);
    expect(await shown()).toEqual([]);
  });
});

test.describe('the page', () => {
  test('is reloaded in the middle of a job and finds it again, with all results', async ({ hashlane, files }) => {
    const names = Array.from({ length: 40 }, (_, number) => `set/${String(number).padStart(2, '0')}.txt`);
    for (const name of names) files.write(name);
    await hashlane.host.addFolder(files.path('set'));
    await startEndlessJob(hashlane, files);
    await hashlane.hasRows(names.length);
    await choose(electron(hashlane), 'Reload Window');
    await expect(hashlane.button('Pause')).toBeVisible();
    await hashlane.hasRows(names.length);
    // Rows are in the order in which files were done, and only some of them are drawn.
    const filter = hashlane.page.getByRole('searchbox', { name: 'Filter results' });
    await filter.fill('07.txt');
    expect(await hashlane.digestOf('07.txt')).toBe(files.digest('set/07.txt'));
    await filter.fill('');
    await hashlane.button('Cancel').click();
    await hashlane.finished();
    await hashlane.hasRows(names.length + 1);
  });

  test('crashes in the middle of a job, is loaded again with a notice, and the job goes on', async ({
    hashlane,
    files,
  }) => {
    const app = electron(hashlane);
    files.write('huge/small.txt');
    await startEndlessJob(hashlane, files);
    await hashlane.hasRows(1);
    await crashPage(app);
    await expect.poll(() => pageText(app)).toContain('The window ended unexpectedly and was loaded again.');
    await expect.poll(() => pageText(app)).toContain(files.digest('huge/small.txt'));
    expect(await pageText(app)).toContain('image.raw');
    expect(await pageText(app)).toContain('Pause');
  });

  test('crashes twice in a row: a plain page says what to do, and View brings the window back', async ({
    hashlane,
    files,
  }) => {
    const app = electron(hashlane);
    await hashlane.drop([files.write('kept.txt')]);
    await hashlane.hash();
    await crashPage(app);
    await crashPage(app);
    expect(await pageText(app)).toContain('The window has ended unexpectedly twice in a row.');
    const offered = Object.entries(await menuState(app)).filter(
      ([id, enabled]) => id.startsWith('command:') && enabled,
    );
    expect(offered, 'there is nobody who could do it').toEqual([]);
    await choose(app, 'Reload Window');
    await expect.poll(() => pageText(app)).toContain(files.digest('kept.txt'));
  });
});

test.describe('quitting in the middle of a job', () => {
  test.skip(process.platform !== 'linux', 'the usual profile is moved by a variable of Linux desktops');

  let scratch: string;
  let hashlane: Hashlane;
  let app: ElectronApplication;
  let asked: () => Promise<unknown[][]>;

  test.beforeEach(async ({ files }) => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-e2e-'));
    const host = await ElectronHost.launch({ scratch, paths: [], attended: true });
    app = host.app;
    hashlane = new Hashlane(host);
    await startEndlessJob(hashlane, files);
  });

  test.afterEach(async () => {
    await app.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
    rmSync(scratch, { recursive: true, force: true });
  });

  const quit = () => app.evaluate(({ app }) => app.quit());
  const ended = () => new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  const journals = () => readdirSync(path.join(scratch, 'Hashlane', 'data', 'jobs'));

  test('is asked about, and goes on when the person stays', async () => {
    asked = await spy(app, 'dialog.showMessageBox', { response: 0 });
    await quit();
    await expect
      .poll(asked)
      .toMatchObject([[{ message: 'Files are still being hashed.', buttons: ['Keep hashing', 'Quit'] }]]);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    await expect.poll(asked, 'closing the window is leaving, too').toHaveLength(2);
    await expect(hashlane.button('Pause')).toBeVisible();
    expect(journals().filter((name) => name.endsWith('.hlj'))).toHaveLength(1);
  });

  test('ends cleanly when the person agrees', async () => {
    await spy(app, 'dialog.showMessageBox', { response: 1 });
    const status = ended();
    await quit();
    expect(await status).toBe(0);
    expect(journals(), 'the journal stays, so that the job can go on, and nobody holds it').toEqual([
      expect.stringMatching(/\.hlj$/),
    ]);
  });

  test('asked for twice asks once, and does not hang', async () => {
    await app.evaluate(({ dialog }) => {
      const held = globalThis as unknown as { answer(response: { response: number }): void; asked: number };
      held.asked = 0;
      dialog.showMessageBox = (() => {
        held.asked++;
        return new Promise((resolve) => {
          held.answer = resolve;
        });
      }) as unknown as typeof dialog.showMessageBox;
    });
    await quit();
    await quit();
    const held = () => app.evaluate(() => (globalThis as unknown as { asked: number }).asked);
    expect(await held()).toBe(1);
    const status = ended();
    await app.evaluate(({ app }) => {
      (globalThis as unknown as { answer(response: { response: number }): void }).answer({ response: 1 });
      setTimeout(() => app.quit());
    });
    expect(await status).toBe(0);
  });

  test('is not asked about when the system shuts down', async () => {
    asked = await spy(app, 'dialog.showMessageBox', { response: 0 });
    const status = ended();
    await app.evaluate(({ powerMonitor }) => setTimeout(() => powerMonitor.emit('shutdown')));
    expect(await status).toBe(0);
  });
});
