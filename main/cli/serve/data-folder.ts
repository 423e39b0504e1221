import { createHash } from 'node:crypto';
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

/** A page that sees one folder sees no jobs over others: it has a history of its own. */
export function folderFor(root: string | undefined, folder: string): string {
  if (root === undefined) return folder;
  // guard: jobs beyond the root => return folder;
  return path.join(folder, 'roots', createHash('sha256').update(root).digest('hex').slice(0, 16));
}
