/** The window while there is one: on macOS the app outlives it. */
import { app, type BrowserWindow } from 'electron';
import type { Log } from './log/log.ts';
import { AppWindow } from './window.ts';

export interface WindowKeeperOptions {
  readonly log: Log;
  opened(window: BrowserWindow): void;
  /** There is no page, or another one is being loaded. */
  pageGone(): void;
}

export class WindowKeeper {
  readonly #options: WindowKeeperOptions;
  #shown: AppWindow | undefined;

  constructor(options: WindowKeeperOptions) {
    this.#options = options;
    app.on('activate', () => this.show());
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
  }

  get window(): BrowserWindow | undefined {
    return this.#shown?.window;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    if (this.#shown !== undefined) {
      this.#shown.bringToFront();
      return;
    }
    const { log, opened, pageGone } = this.#options;
    const shown = new AppWindow(log);
    this.#shown = shown;
    shown.window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) pageGone();
    });
    shown.window.webContents.on('render-process-gone', pageGone);
    shown.window.on('closed', () => {
      this.#shown = undefined;
      pageGone();
    });
    opened(shown.window);
  }

  /** Loads the page afresh. */
  reload(): void {
    this.#shown?.reload();
  }
}
