import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Files and links below a folder, relative to it with / between names, sorted. */
export function filesBelow(folder: string) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Bytes of these files together. */
export const bytesOf = (folder: string, files: readonly string[]) =>
  files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
