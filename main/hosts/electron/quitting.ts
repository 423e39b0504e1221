/**
 * Leaving: a running job is asked about first, and the core is closed before the process ends, so
 * that what was hashed is in its journal. Neither can keep the app from ending, and nothing is asked
 * of a system that shuts down.
 */
import { app, type BrowserWindow, dialog, powerMonitor } from 'electron';
import { QuitQuestion } from './quit-question.ts';

/** Closing waits for threads that may sit in a read of a dead network mount. */
const closeWithinMs = 5_000;

export interface QuitOptions {
  /** False where nobody is there to answer. */
  readonly isAttended: boolean;
  isBusy(): boolean;
  window(): BrowserWindow | undefined;
  /** Ends the core and everything around it. */
  close(): Promise<void>;
  failed(error: unknown): void;
}

/** Guards quitting; give every new window to the function that comes back. */
export function guardQuitting(options: QuitOptions): (window: BrowserWindow) => void {
  const question = new QuitQuestion({
    isBusy: () => options.isAttended && options.isBusy(),
    ask: () => confirm(options.window()),
    quit: () => app.quit(),
    failed: options.failed,
  });
  app.on('before-quit', (event) => {
    if (!question.mayLeave()) event.preventDefault();
  });
  powerMonitor.on('shutdown', () => {
    question.leaveUnasked();
    app.quit();
  });
  closeBeforeQuitting(options);
  return (window) => {
    // On macOS the app and its jobs outlive their window.
    if (process.platform === 'darwin') return;
    window.on('close', (event) => {
      if (!question.mayLeave()) event.preventDefault();
    });
    // Windows only: the session ends whatever is answered.
    window.on('session-end', () => question.leaveUnasked());
  };
}

async function confirm(window: BrowserWindow | undefined): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: 'Files are still being hashed.',
    detail: 'If you quit now, what was done is kept, and hashing can be continued the next time.',
    buttons: ['Keep hashing', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1;
}

/** Closes the core once all windows are gone, then lets the process end. */
function closeBeforeQuitting({ close, failed }: QuitOptions): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, closeWithinMs));
    void Promise.race([close(), deadline])
      .catch(failed)
      .finally(() => app.exit(0));
  });
}
