/**
 * The checksum files of a release, written by Hashlane itself. `node packaging/checksums.ts FOLDER` writes them
 * over all files of a folder; it needs the command and no npm packages.
 */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot, projectNode } from '../scripts/setup/paths.mjs';
import { run } from '../scripts/setup/run.mjs';

/** By the name that people look for, and that `sha256sum --check` and `b3sum --check` read. */
export const checksumFiles = { SHA256SUMS: 'sha256', B3SUMS: 'blake3' };

/** Writes them beside the files, with names relative to the folder. */
export async function writeChecksums(folder: string, names: readonly string[]) {
  const command = fromRoot('dist', 'cli', 'hashlane.js');
  for (const [file, algorithm] of Object.entries(checksumFiles)) {
    const output = path.join(folder, file);
    await run(projectNode(), [command, 'hash', '-a', algorithm, '--format', 'gnu', '-o', output, '--', ...names], {
      cwd: folder,
    });
  }
}

/**
 * The bill of materials goes with the packages.
 * @returns its name there
 */
export function addBillOfMaterials(folder: string): string {
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const architecture = process.env.HASHLANE_PREBUILT_ADDON ? 'universal' : process.arch;
  const name = `hashlane-${version}-${process.platform}-${architecture}.cdx.json`;
  copyFileSync(fromRoot('build', 'licences', 'hashlane.cdx.json'), path.join(folder, name));
  return name;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = path.resolve(process.argv[2] ?? '.');
  const names = readdirSync(folder).filter((name) => !(name in checksumFiles));
  await writeChecksums(folder, names.sort());
}
