/** The main process of Electron, looked at and driven from a spec as the system would do it. */
import type { ElectronApplication } from '@playwright/test';
import type { Files } from './files.ts';
import type { Hashlane } from './hashlane.ts';

/** Hours of work for any engine, and no room on the disk. */
const hugeBytes = 4 * 2 ** 40;

/** Starts a job that will not end by itself. */
export async function startEndlessJob(hashlane: Hashlane, files: Files): Promise<void> {
  files.sparse('huge/image.raw', hugeBytes);
  await hashlane.host.addFolder(files.path('huge'));
  await hashlane.start();
  await hashlane.button('Pause').waitFor();
}

/** Labels of the menu's items by id, such as `command:start`, and whether each can be chosen. */
export function menuState(app: ElectronApplication): Promise<Record<string, boolean>> {
  return app.evaluate(({ Menu }) => {
    const state: Record<string, boolean> = {};
    const visit = (menu: Electron.Menu | null): void => {
      for (const item of menu?.items ?? []) {
        if (item.id) state[item.id] = item.enabled;
        if (item.submenu) visit(item.submenu);
      }
    };
    visit(Menu.getApplicationMenu());
    return state;
  });
}

/** Chooses a menu item by its id or its label without the ampersand, wherever it stands. */
export async function choose(app: ElectronApplication, wanted: string): Promise<void> {
  await app.evaluate(({ Menu, BrowserWindow }, name) => {
    const all = (menu: Electron.Menu | null): Electron.MenuItem[] =>
      (menu?.items ?? []).flatMap((item) => [item, ...(item.submenu ? all(item.submenu) : [])]);
    const found = all(Menu.getApplicationMenu()).find(
      (item) => item.id === name || item.label.replace(/&(?!&)/g, '') === name,
    );
    if (!found?.enabled) throw new Error(`There is no menu item ${name} that can be chosen.`);
    found.click({}, BrowserWindow.getAllWindows()[0], BrowserWindow.getAllWindows()[0]?.webContents);
  }, wanted);
}

/** Ends the page's process as a crash does, and waits until another page stands in its place. */
export async function crashPage(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]!.webContents;
    const loaded = new Promise<void>((resolve) => page.once('did-finish-load', () => resolve()));
    page.forcefullyCrashRenderer();
    return loaded;
  });
}

/** What the page says. Asked of Electron: Playwright gives up a page that has crashed. */
export function pageText(app: ElectronApplication): Promise<string> {
  return app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>,
  );
}

/**
 * Notes the calls of a function of Electron's from now on, in place of making them.
 * @param path such as `powerSaveBlocker.start`, or `window.setProgressBar` for the first window
 * @param answer what the function returns instead
 */
export async function spy(
  app: ElectronApplication,
  path: string,
  answer: unknown = null,
): Promise<() => Promise<unknown[][]>> {
  await app.evaluate(
    (electron, { path, answer }) => {
      const [owner, name] = path.split('.') as [string, string];
      const target = (owner === 'window'
        ? electron.BrowserWindow.getAllWindows()[0]
        : owner === 'Notification'
          ? electron.Notification.prototype
          : electron[owner as 'app']) as unknown as Record<string, unknown>;
      const calls: unknown[][] = [];
      const noted = globalThis as unknown as Record<string, unknown>;
      noted[`spy ${path}`] = calls;
      target[name] = function (this: { title?: string; body?: string }, ...args: unknown[]) {
        calls.push(owner === 'Notification' ? [this.title, this.body] : args.filter((one) => isPlain(one)));
        return answer;
      };
      function isPlain(value: unknown): boolean {
        return typeof value !== 'function' && !(value instanceof electron.BrowserWindow);
      }
    },
    { path, answer },
  );
  return () => app.evaluate((_, name) => (globalThis as unknown as Record<string, unknown[][]>)[name]!, `spy ${path}`);
}
