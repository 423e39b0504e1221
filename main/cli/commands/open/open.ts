/** `hashlane open`: starts the desktop app that was installed with the command. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { nameBytes } from '../../../base/raw-names.ts';
import { FailedAttempt } from '../../errors.ts';

const names: Readonly<Record<string, string>> = { win32: 'Hashlane.exe', darwin: 'MacOS/Hashlane' };

/**
 * The app: a folder above the command's own program, which packages put into the app's; or where the deb and the rpm put it.
 * Undefined where it is not installed.
 */
export function findApp(program: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const name = names[platform] ?? 'hashlane-desktop';
  const above: string[] = [];
  for (let folder = path.dirname(program); ; folder = path.dirname(folder)) {
    above.push(path.join(folder, name));
    if (path.dirname(folder) === folder) break;
  }
  const found = [...above.slice(0, 6), '/opt/Hashlane/hashlane-desktop'].find((file) => existsSync(file));
  return found;
}

/** Rejects with FailedAttempt when there is no app, or it cannot be started. */
export async function openWindow(paths: readonly string[]): Promise<void> {
  const app = findApp(realpathSync(process.execPath));
  const attempt = 'cannot open the window';
  if (app === undefined) {
    const error = new Error("the desktop app is not installed: 'hashlane serve' opens the app in a browser");
    throw new FailedAttempt(attempt, Object.assign(error, { code: 'NO_DESKTOP_APP' }));
  }
  const unsayable = paths.find((name) => /\p{Cs}/u.test(name));
  if (unsayable !== undefined) {
    const error = new Error('a name that is not UTF-8 cannot be handed to another program: open its folder');
    throw new FailedAttempt(attempt, Object.assign(error, { code: 'NOT_UTF8', name: nameBytes(unsayable) }));
  }
  const child = spawn(app, ['--', ...paths], { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new FailedAttempt(attempt, error)));
  });
  child.unref();
}
