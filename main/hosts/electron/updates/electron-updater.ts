/** The updater of packages that electron-builder made with a release feed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { Log } from '../log/log.ts';
import type { Updater } from './updater.ts';

/** electron-builder writes the feed's address here when a package has one. */
const feedFile = (): string => path.join(process.resourcesPath, 'app-update.yml');

/** null where there is no feed to look at: a checkout, or a package that was built without one. */
export async function createUpdater(log: Log): Promise<Updater | null> {
  if (!app.isPackaged || !existsSync(feedFile())) return null;
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = {
    info: (message) => log.info(`updater: ${message}`),
    warn: (message) => log.info(`updater: ${message}`),
    error: (message) => log.error('updater', message),
  };
  return {
    async check() {
      const result = await autoUpdater.checkForUpdates();
      return result?.isUpdateAvailable ? { version: result.updateInfo.version } : null;
    },
    async download() {
      await autoUpdater.downloadUpdate();
    },
    install: () => autoUpdater.quitAndInstall(),
  };
}
