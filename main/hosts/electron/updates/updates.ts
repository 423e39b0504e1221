/** Puts the update flow together with the system's dialogs and the profile. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Settings } from '#shared/contract/models.ts';
import type { Log } from '../log/log.ts';
import { UpdateFlow } from './update-flow.ts';
import type { Updater } from './updater.ts';

export interface UpdateOptions {
  readonly updater: Updater | null;
  readonly log: Log;
  window(): BrowserWindow | undefined;
  setUpdates(choice: Settings['updates']): Promise<void>;
}

export function createUpdateFlow({ updater, log, window, setUpdates }: UpdateOptions): UpdateFlow {
  const file = path.join(app.getPath('userData'), 'last-update-check');
  const show = async (message: string, detail: string, buttons: string[]): Promise<number> => {
    const options = {
      type: 'info' as const,
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: buttons.length - 1,
      noLink: true,
    };
    const parent = window();
    const { response } = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options));
    return response;
  };
  return new UpdateFlow({
    updater,
    version: app.getVersion(),
    ask: async ({ message, detail, yes, no }) => (await show(message, detail, [yes, no])) === 0,
    tell: async (message, detail) => void (await show(message, detail, ['OK'])),
    failed: (error) => log.error('looking for updates failed', error),
    lastCheck: () => readLastCheck(file),
    keepLastCheck: (at) => {
      try {
        writeFileSync(file, String(at));
      } catch (error) {
        log.error('the time of the update check could not be kept', error);
      }
    },
    setUpdates,
  });
}

/** 0 when it was never looked, or nobody knows. */
function readLastCheck(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
