/** Where the window stood and how large it was, kept in the profile. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, type Rectangle, screen } from 'electron';
import * as z from 'zod';

const windowState = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200).max(20_000),
  height: z.number().int().min(200).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

const defaultSize = { width: 1180, height: 760 } as const;

const file = (): string => path.join(app.getPath('userData'), 'window.json');

/** Only when the title bar would still be within reach on a screen of today. */
function isReachable(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width);
  const visible = right - Math.max(bounds.x, workArea.x);
  return visible >= 100 && bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 40;
}

/** The kept state where it still makes sense, otherwise a centred window of the usual size. */
export function readWindowState(): Partial<WindowState> & { width: number; height: number } {
  try {
    const state = windowState.parse(JSON.parse(readFileSync(file(), 'utf8')));
    return isReachable(state) ? state : { width: state.width, height: state.height, maximized: state.maximized };
  } catch {
    // Nothing kept yet, or damaged: of no consequence.
    return defaultSize;
  }
}

/** Keeps the state of `window` when it closes. */
export function keepWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file(), JSON.stringify(state));
    } catch (error) {
      console.error('The window state could not be kept:', error);
    }
  });
}
