/** The app of this checkout in a real Electron: its main process by the inspector, its page by the page's own tools. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { installedRuntime, reasonForNoDisplay } from '../../../scripts/setup/electron-runtime.mjs';
import { root } from '../../../scripts/setup/places.mjs';
import { addressesOf, type Inspected, Inspector } from './inspector.ts';

/** Why there is no Electron to measure here, or null. */
export function reasonForNoElectron(): string | null {
  const runtime = installedRuntime();
  return runtime.kind === 'none' ? runtime.reason : reasonForNoDisplay();
}

/** What a person presses and sees; evaluated in the page. */
const inPage = `({
  button: (name) => [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === name && !b.disabled),
  rows: () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 1) - 1,
  until: (found) => new Promise((resolve) => {
    const look = () => found() ? resolve(found()) : setTimeout(look, 4);
    look();
  }),
})`;

export class ElectronApp {
  readonly main: Inspector;
  readonly page: Inspected;
  readonly pid: number;
  readonly #browser: Inspector;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, main: Inspector, browser: Inspector, page: Inspected) {
    this.#child = child;
    this.main = main;
    this.#browser = browser;
    this.page = page;
    this.pid = child.pid!;
  }

  /** @param scratch where its profile goes */
  static async start(scratch: string): Promise<ElectronApp> {
    const runtime = installedRuntime();
    if (runtime.kind === 'none') throw new Error(runtime.reason);
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const watched = ['--inspect=127.0.0.1:0', '--remote-debugging-port=0'];
    const profile = `--user-data-dir=${path.join(scratch, 'profile')}`;
    const child = spawn(runtime.executable, [...asRoot, ...watched, root, profile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { Debugger, DevTools } = await addressesOf(child, 'Debugger', 'DevTools');
    const main = await Inspector.open(Debugger);
    const browser = await Inspector.open(DevTools);
    const page = await browser.page();
    const app = new ElectronApp(child, main, browser, page);
    await app.#whenUsable();
    return app;
  }

  /**
   * Adds a folder and hashes it, by the page's buttons; resolves when the job has ended and every row is there.
   * Milliseconds from "Start" to the job's end.
   */
  async hash(folder: string, files: number): Promise<number> {
    await this.main.evaluate(`(() => {
      const { dialog } = process.getBuiltinModule('node:module').createRequire(process.execPath)('electron');
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [${JSON.stringify(folder)}] });
    })()`);
    return await this.page.evaluate<number>(`(async () => {
      const { button, rows, until } = ${inPage};
      const before = rows();
      button('Add folder').click();
      (await until(() => button('Start'))).click();
      const began = performance.now();
      await until(() => button('Pause'));
      await until(() => !button('Pause'));
      const ended = performance.now();
      await until(() => rows() === before + ${files});
      return ended - began;
    })()`);
  }

  async close(): Promise<void> {
    this.main.close();
    this.#browser.close();
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  /** The first document is replaced by the app's own, and takes the question with it. */
  async #whenUsable(): Promise<void> {
    for (;;) {
      const usable = await this.page.evaluate<boolean>(`Boolean(${inPage}.button('Add folder'))`).catch(() => false);
      if (usable) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
