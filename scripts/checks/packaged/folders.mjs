import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Files and links below a folder, relative to it with / between names, sorted. @param {string} folder */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Bytes of these files together. @param {string} folder @param {readonly string[]} files */
export const bytesOf = (folder, files) => files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
