/** The checksum files of a release, written by Hashlane itself. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { at, projectNode } from '../setup/places.mjs';
import { run } from '../setup/run.mjs';

/** By the name that people look for, and that `sha256sum --check` and `b3sum --check` read. */
export const checksumFiles = { SHA256SUMS: 'sha256', B3SUMS: 'blake3' };

/**
 * Writes them beside the files, with names relative to the folder.
 * @param {string} folder @param {readonly string[]} names
 */
export async function writeChecksums(folder, names) {
  const command = at('dist', 'cli', 'hashlane.js');
  for (const [file, algorithm] of Object.entries(checksumFiles)) {
    const output = path.join(folder, file);
    await run(projectNode(), [command, 'hash', '-a', algorithm, '--format', 'gnu', '-o', output, '--', ...names], {
      cwd: folder,
    });
  }
}

/** The bill of materials goes with the packages. @param {string} folder @returns {string} its name there */
export function addBillOfMaterials(folder) {
  const name = `hashlane-${process.platform}-${process.arch}.cdx.json`;
  copyFileSync(at('build', 'licences', 'hashlane.cdx.json'), path.join(folder, name));
  return name;
}
