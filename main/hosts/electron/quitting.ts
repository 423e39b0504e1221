/**
 * Leaving: a running job is asked about first, and the core is closed before the process ends,
 * so that what was hashed is in its journal. Neither can keep the app from ending.
 */
import { app, type BrowserWindow, dialog } from 'electron';
import { isAttended } from './arguments.ts';

/** Closing waits for threads that may sit in a read of a dead network mount. */
const closeWithinMs = 5_000;

/** Asks before `window` closes while `isBusy`. */
export function askBeforeClosing(window: BrowserWindow, isBusy: () => boolean): void {
  let agreed = false;
  let asking = false;
  window.on('close', (event) => {
    if (agreed || !isAttended(process.argv) || !isBusy()) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void confirm(window).then((answer) => {
      asking = false;
      agreed = answer;
      if (answer) app.quit();
    });
  });
}

async function confirm(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Files are still being hashed.',
    detail: 'If you quit now, the job is cancelled.',
    buttons: ['Keep hashing', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

/** Runs `close` once all windows are gone, then lets the process end. */
export function closeBeforeQuitting(close: () => Promise<void>): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, closeWithinMs));
    void Promise.race([close(), deadline])
      .catch((error: unknown) => console.error(error))
      .finally(() => app.exit(0));
  });
}
