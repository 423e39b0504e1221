/** The one window of the app. */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { recoveredParameter } from '#shared/contract/bridge.ts';
import { CrashRecovery } from './crash-recovery.ts';
import type { Log } from './log/log.ts';
import { crashedPageUrl, pageUrl } from './protocol.ts';
import { keepWindowState, readWindowPlace } from './window-state.ts';

/** The page's own background, so that nothing flashes before its first frame. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff');

export class AppWindow {
  readonly window: BrowserWindow;
  readonly #log: Log;
  #isReady = false;
  readonly #recovery = new CrashRecovery();

  constructor(log: Log) {
    this.#log = log;
    const { maximized, ...bounds } = readWindowPlace();
    this.window = new BrowserWindow({
      ...bounds,
      minWidth: 480,
      minHeight: 360,
      title: app.name,
      icon: path.join(app.getAppPath(), 'assets', 'icons', '256x256.png'),
      show: false,
      backgroundColor: backgroundColor(),
      webPreferences: {
        preload: path.join(import.meta.dirname, 'preload.cjs'),
        // guard: sandbox
        sandbox: true,
        // guard: context isolation
        contextIsolation: true,
        // guard: no Node in the page
        nodeIntegration: false,
        // guard: no webview tag
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        // guard: developer tools
        devTools: !app.isPackaged,
      },
    });
    keepWindowState(this.window, (error) => log.error('the window state could not be kept', error));
    this.#followTheme();
    this.window.once('ready-to-show', () => {
      this.#isReady = true;
      if (maximized) this.window.maximize();
      this.window.show();
    });
    this.window.on('unresponsive', () => log.error('the page does not respond'));
    this.window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason !== 'clean-exit') this.#recover(`${reason}, ${exitCode}`);
    });
    this.#load(pageUrl);
  }

  reload(): void {
    this.#recovery.reset();
    this.#load(pageUrl);
  }

  bringToFront(): void {
    if (this.window.isMinimized()) this.window.restore();
    // Before its first frame it comes to the front by itself.
    if (!this.#isReady) return;
    this.window.show();
    this.window.focus();
  }

  #recover(reason: string): void {
    const next = this.#recovery.next(performance.now());
    this.#log.error(`the page ended unexpectedly (${reason}): ${next}`);
    if (next === 'reload') this.#load(`${pageUrl}?${recoveredParameter}`);
    if (next === 'explain') this.#load(crashedPageUrl);
  }

  #load(address: string): void {
    // Another load that takes its place ends this one: no problem of anybody's.
    this.window.loadURL(address).catch((error: unknown) => this.#log.error('the page was not loaded', error));
  }

  #followTheme(): void {
    const paint = (): void => this.window.setBackgroundColor(backgroundColor());
    nativeTheme.on('updated', paint);
    this.window.on('closed', () => nativeTheme.off('updated', paint));
  }
}
