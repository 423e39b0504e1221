/** The licences that ship: all there, for everything that was bundled and linked. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { licenceFiles } from '../../../packaging/licences/generate.ts';
import { nativeLibraries, packagesOf } from '../../../packaging/licences/native-libraries.ts';
import { checkSbom } from '../../../packaging/licences/sbom.ts';
import { fromRoot } from '../../setup/paths.mjs';
import { run } from '../../setup/run.mjs';

/** @param app folder of the packaged app */
export async function checkLicenceFiles(app: string) {
  const folder = path.join(app, 'resources', 'licences');
  const wanted = [
    ...licenceFiles.map((name) => path.join(folder, name)),
    path.join(app, 'LICENSE.electron.txt'),
    path.join(app, 'LICENSES.chromium.html'),
  ];
  const missing = wanted.filter((file) => !existsSync(file) || readFileSync(file).length === 0);
  if (missing.length > 0) throw new Error(`Missing or empty: ${missing.join(', ')}`);
  const bill = readFileSync(path.join(folder, 'hashlane.cdx.json'), 'utf8');
  await checkSbom(bill);
  const { components }: { components: { name: string; version: string }[] } = JSON.parse(bill);
  const text = readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const unnoticed = components.filter(({ name, version }) => !text.includes(`\n${name} ${version}\n`));
  if (unnoticed.length > 0) throw new Error(`No notice for ${unnoticed.map(({ name }) => name).join(', ')}`);
  return `${components.length} components`;
}

/** Packages of the compiler and the C library: they leave headers' constants and the runtime that is named by itself. */
const toolchain = /^(libc6-dev|linux-libc-dev|libstdc\+\+-\d+-dev|libgcc-\d+-dev)$/;

/** Every file that the compiler and linker read for the addon belongs to a library whose licence ships. */
export async function checkLinkedLibraries() {
  const [dependencies, commands] = await Promise.all([
    run('ninja', ['-C', fromRoot('build'), '-t', 'deps']),
    run('ninja', ['-C', fromRoot('build'), '-t', 'commands', 'Release/hashlane.node']),
  ]);
  // Headers stand alone on their lines; of the commands' words some are archives.
  const words = [...dependencies.split('\n'), ...commands.split(/\s+/).filter((word) => word.endsWith('.a'))];
  const files = words.map((word) => path.normalize(word.trim())).filter((file) => path.isAbsolute(file));
  const foreign = [...new Set(files)].filter((file) => !file.startsWith(fromRoot()));
  if (foreign.length === 0) throw new Error('ninja does not say what the addon was built from');
  const known = new Set(nativeLibraries.map(({ debian }) => debian));
  const unknown = packagesOf(foreign).filter((name) => !known.has(name) && !toolchain.test(name));
  if (unknown.length > 0)
    throw new Error(`Linked, and not in packaging/licences/native-libraries.ts: ${unknown.join(', ')}`);
  return `${foreign.length} files of ${packagesOf(foreign).length} packages`;
}
