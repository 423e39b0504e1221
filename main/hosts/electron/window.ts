/** The one window of the app. */
import path from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { pageUrl } from './protocol.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** A page that dies this soon after it was loaded again would go on doing so. */
const crashLoopMs = 5_000;

/** The page's own background, so that nothing flashes before its first frame. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff');

export function openWindow(): BrowserWindow {
  const { maximized, ...bounds } = readWindowState();
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 480,
    minHeight: 360,
    title: app.name,
    icon: path.join(app.getAppPath(), 'assets', 'icons', '256x256.png'),
    show: false,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  keepWindowState(window);
  const paint = (): void => window.setBackgroundColor(backgroundColor());
  nativeTheme.on('updated', paint);
  window.on('closed', () => nativeTheme.off('updated', paint));
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  reloadAfterCrash(window);
  void window.loadURL(pageUrl);
  return window;
}

/** The core and its jobs live on in main: a fresh page finds them again. */
function reloadAfterCrash(window: BrowserWindow): void {
  let reloadedAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`The page ended unexpectedly (${reason}).`);
    if (performance.now() - reloadedAt < crashLoopMs) return;
    reloadedAt = performance.now();
    window.webContents.reload();
  });
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
