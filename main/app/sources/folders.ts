/** Lists the host's folders for the web host's "Choose a folder". */
import { lstat, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { FolderListing } from '#shared/contract/models.ts';
import { Problem } from '../../base/problem.ts';
import { describeSystemError, systemCode } from '../../base/system-error.ts';

/** More than anyone scrolls through; the path can still be typed. */
const maxListed = 5_000;

const naturalOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Without the quotes of Explorer's "Copy as path", and without spaces around it unless there is such a name. */
async function withoutWrapping(typed: string): Promise<string> {
  const trimmed = typed.trim();
  const quoted = /^"(.+)"$/s.exec(trimmed)?.[1];
  if (quoted !== undefined) return quoted;
  if (trimmed === typed || typed.includes('\0')) return typed;
  return await lstat(typed).then(
    () => typed,
    () => trimmed,
  );
}

/**
 * A typed path as an absolute one; `~` stands for the home folder. Throws Problem NOT_FOUND for a
 * relative path, which would mean something else on the host than the person expects.
 */
export async function resolveTypedPath(given: string): Promise<string> {
  const typed = await withoutWrapping(given);
  const expanded = typed === '~' || /^~[/\\]/.test(typed) ? path.join(homedir(), typed.slice(1)) : typed;
  if (!path.isAbsolute(expanded) || expanded.includes('\0')) {
    throw new Problem('NOT_FOUND', `Type the whole path, such as ${homedir()}.`);
  }
  return path.resolve(expanded);
}

/**
 * The folders in `typed`, or in the home folder when it is null. Folders whose name is not UTF-8
 * are left out, for their path cannot be sent back. Throws Problem NOT_FOUND or UNREADABLE.
 */
export async function listFolder(typed: string | null): Promise<FolderListing> {
  const folder = typed === null ? homedir() : await resolveTypedPath(typed);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const candidates = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
    const sorted = candidates.sort((a, b) => naturalOrder.compare(a.name, b.name));
    const folders: FolderListing['folders'] = [];
    let truncated = false;
    for (const entry of sorted) {
      const full = path.join(folder, entry.name);
      if (entry.name.includes('\ufffd') || !(entry.isDirectory() || (await isFolder(full)))) continue;
      truncated = folders.length === maxListed;
      if (truncated) break;
      folders.push({ name: entry.name, path: full });
    }
    const parent = path.dirname(folder);
    return { path: folder, parent: parent === folder ? null : parent, folders, truncated };
  } catch (error) {
    const code = systemCode(error);
    throw new Problem(
      code === 'ENOENT' ? 'NOT_FOUND' : 'UNREADABLE',
      `The folder ${folder} cannot be listed: ${describeSystemError(error)}.`,
      code,
    );
  }
}

async function isFolder(full: string): Promise<boolean> {
  return stat(full).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
