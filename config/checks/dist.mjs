/**
 * `npm run dist:check`: makes the Linux packages around the Electron that HASHLANE_ELECTRON_DIST names, and proves them:
 * what is in them, how they install into a fresh system, and that the app works from where it was installed. Ends with
 * `N passed, N failed`, and with 1 when something failed.
 */
import path from 'node:path';
import { at } from '../setup/places.mjs';
import { CommandFailed, duration, giveUp, SetupProblem } from '../setup/run.mjs';
import { ensureBuilt } from '../setup/setup.mjs';

let passed = 0;
let failed = 0;

/**
 * @template Result
 * @param {string} title
 * @param {() => Result | Promise<Result>} check throws what is wrong; a string that it returns is told
 * @returns {Promise<Result | undefined>}
 */
async function check(title, check) {
  process.stdout.write(`${title} … `);
  const started = performance.now();
  const took = () => duration(performance.now() - started);
  try {
    const result = await check();
    passed += 1;
    process.stdout.write(`${typeof result === 'string' ? result : 'ok'} (${took()})\n`);
    return result;
  } catch (error) {
    failed += 1;
    process.stdout.write(`failed (${took()})\n`);
    process.stdout.write(`${error instanceof CommandFailed ? `${error.output}\n${error.message}` : error}\n`);
    return undefined;
  }
}

if (!process.env.HASHLANE_ELECTRON_DIST) {
  giveUp(new SetupProblem('HASHLANE_ELECTRON_DIST is not set: name the folder of an Electron distribution.'));
}
await ensureBuilt({ groups: ['build', 'window', 'test', 'packaging'] });

const { checkAddonPlace, checkShippedFiles } = await import('./packaged/archive.mjs');
const { checkChecksums } = await import('./packaged/checksums.mjs');
const { DebianRoot, reasonForNoRoot } = await import('./packaged/debian-root.mjs');
const { checkExplorerEntries } = await import('./packaged/explorer.mjs');
const { checkFuses, letTestsAttach } = await import('./packaged/fuses.mjs');
const { appIn, checkDesktopFiles, checkFileManagers, checkInstalled, checkRemoval, installedProgram } = await import(
  './packaged/installed.mjs'
);
const { checkLicenceFiles, checkLinkedLibraries } = await import('./packaged/licences.mjs');
const { checkPackages, packageCalled } = await import('./packaged/packages.mjs');
const { checkSize } = await import('./packaged/sizes.mjs');
const { packagedSpecs } = await import('./specs.mjs');
const { makePackages, packagesFolder, prepare } = await import('../packaging/packages.mjs');

const unpacked = path.join(packagesFolder, 'linux-unpacked');
const made = await check('Packages: tar.gz, deb, rpm (the last two by a stand-in for fpm)', async () => {
  await prepare();
  await makePackages(['--linux', 'tar.gz', 'deb', 'rpm', '-c.compression=store'], {
    CUSTOM_FPM_PATH: at('config', 'packaging', 'testing', 'fpm-stand-in.mjs'),
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
  });
  return packagesFolder;
});
if (made) {
  await check('Files in the archive', () => checkShippedFiles(unpacked));
  await check('The addon lies where the system loads it', () => checkAddonPlace(unpacked));
  await check('Fuses', () => checkFuses(path.join(unpacked, 'hashlane')));
  await check('Licences and bill of materials', () => checkLicenceFiles(unpacked));
  await check('Licences of what is linked', checkLinkedLibraries);
  await check('Installed size', () => checkSize(unpacked));
  await check('The packages hold the app', () => checkPackages(unpacked));
  await check('Checksum files, by sha256sum and b3sum', checkChecksums);
  await check('Explorer entries, by makensis', checkExplorerEntries);
  await checkInFreshSystem();
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

async function checkInFreshSystem() {
  const reason = reasonForNoRoot();
  if (reason) {
    process.stdout.write(`Installation into a fresh system … skipped: ${reason}\n`);
    return;
  }
  const root = await check('A fresh system', () => DebianRoot.make());
  if (!root) return;
  try {
    const installed = await check('The deb installs with all that it needs', async () => {
      await root.install(packageCalled('.deb'));
      await checkInstalled(root);
      return 'ok';
    });
    if (!installed) return;
    await check('Desktop entry, metainfo, associations', () => checkDesktopFiles(root));
    await check('Entries of file managers', () => checkFileManagers(root));
    await check('Specs on the installed app', async () => {
      await letTestsAttach(path.join(appIn(root), 'hashlane'));
      const outcome = await packagedSpecs(root.launcher(installedProgram));
      if (outcome.kind === 'skipped') throw new Error(outcome.reason);
      const counts = `${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`;
      if (outcome.failed > 0 || outcome.passed === 0) throw new Error(`${outcome.output}\n${counts}`);
      return counts;
    });
    await check('It leaves nothing behind', () => checkRemoval(root));
  } finally {
    root.remove();
  }
}
