/** Small services of the desktop, each behind what the rest of the host needs of it. */
import { app, type BrowserWindow, Notification, shell } from 'electron';
import type { Log } from './log/log.ts';

/** Held while they are shown: one that is collected as garbage no longer reacts to clicks. */
const shown = new Set<Notification>();

/** Shows a notification where the system has any; a click calls `clicked`. */
export function notify(title: string, body: string, clicked: () => void, log: Log): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const gone = (): void => void shown.delete(notification);
  shown.add(notification);
  notification.on('click', () => {
    gone();
    clicked();
  });
  notification.on('close', gone);
  // macOS refuses those of an unsigned app.
  notification.on('failed', (_event, error) => {
    gone();
    log.error('a notification was not shown', error);
  });
  notification.show();
}

export function describeAbout(): void {
  app.setAboutPanelOptions({
    applicationName: 'Hashlane',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence. The Hashlane authors.',
    version: `Electron ${process.versions.electron}`,
  });
}

/** Shows the log in the file manager. */
export const revealLog = (file: string): void => shell.showItemInFolder(file);

export const isSeen = (window: BrowserWindow | undefined): boolean =>
  window?.isVisible() === true && !window.isMinimized() && window.isFocused();
