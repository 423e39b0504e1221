/** Where the window stood and how large it was, kept in the profile. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, screen } from 'electron';
import { placeWindow, usualPlace, type WindowPlace, type WindowState, windowState } from './window-place.ts';

const file = (): string => path.join(app.getPath('userData'), 'window.json');

/** The kept state where it still makes sense, otherwise a centred window of the usual size. */
export function readWindowPlace(): WindowPlace {
  let kept: WindowState;
  try {
    kept = windowState.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    // Nothing kept yet, or damaged: of no consequence.
    return usualPlace;
  }
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return placeWindow(
    kept,
    [main, ...others].map(({ workArea }) => workArea),
  );
}

/** Keeps the state of `window` when it closes. */
export function keepWindowState(window: BrowserWindow, failed: (error: unknown) => void): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file(), JSON.stringify(state));
    } catch (error) {
      failed(error);
    }
  });
}
