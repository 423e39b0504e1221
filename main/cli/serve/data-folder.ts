import { homedir } from 'node:os';
import path from 'node:path';

/** Where the web host keeps settings and journals: where the system wants a program's data of this user. */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): string {
  if (platform === 'win32') {
    return path.join(environment.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'Hashlane');
  }
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Hashlane');
  // XDG Base Directory Specification: a relative path is to be ignored.
  const data = environment.XDG_DATA_HOME;
  return path.join(data && path.isAbsolute(data) ? data : path.join(homedir(), '.local', 'share'), 'hashlane');
}
