/**
 * The checks of `npm run dist:check`, one line each, on the project's Node. Ends with `N passed, N failed`, and with 1
 * when something failed.
 */
import path from 'node:path';
import { makePackages, packagesFolder, prepare } from '../../../packaging/packages.ts';
import { fromRoot } from '../../setup/paths.mjs';
import { CommandFailed, duration } from '../../setup/run.mjs';
import { packagedSpecs } from '../specs.ts';
import { checkAddonPlace, checkShippedFiles } from './archive.ts';
import { checkChecksums } from './checksums.ts';
import { checkCommandFiles, checkCommandWorks, makeCommandForCheck, removeCommand } from './command.ts';
import { DebianRoot, reasonForNoRoot } from './debian-root.ts';
import { checkExplorerEntries } from './explorer.ts';
import { checkFuses, letTestsAttach } from './fuses.ts';
import {
  appIn,
  checkDesktopFiles,
  checkFileManagers,
  checkInstalled,
  checkRemoval,
  installedProgram,
} from './installed.ts';
import { checkLicenceFiles, checkLinkedLibraries } from './licences.ts';
import { checkPackages, packageCalled } from './packages.ts';
import { checkSize } from './sizes.ts';

let passed = 0;
let failed = 0;

/** @param check throws what is wrong; a string that it returns is printed */
async function check<Result>(title: string, check: () => Result | Promise<Result>): Promise<Result | undefined> {
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

const unpacked = path.join(packagesFolder, 'linux-unpacked');
const made = await check('Packages: tar.gz, deb, rpm (the last two by a stand-in for fpm)', async () => {
  await prepare();
  await makePackages(['--linux', 'tar.gz', 'deb', 'rpm', '-c.compression=store'], {
    CUSTOM_FPM_PATH: fromRoot('packaging', 'testing', 'fpm-stand-in.mjs'),
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
  });
  return packagesFolder;
});
const command = await check('Packages: hashlane-cli as tar.gz and deb', makeCommandForCheck);
if (command) await check('Files of hashlane-cli', () => checkCommandFiles(command));
if (made) {
  await check('Files in the archive', () => checkShippedFiles(unpacked));
  await check('The addon lies where the system loads it', () => checkAddonPlace(unpacked));
  await check('Fuses', () => checkFuses(path.join(unpacked, 'hashlane-desktop')));
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
    if (command) {
      const isInstalled = await check('hashlane-cli installs with all that it needs', async () => {
        await root.install(command.deb);
        return 'ok';
      });
      if (isInstalled) {
        await check('The command works without Node', () => checkCommandWorks(root));
        await check('hashlane-cli leaves nothing behind', () => removeCommand(root));
      }
    }
    const installed = await check('The deb installs with all that it needs', async () => {
      await root.install(packageCalled('.deb'));
      await checkInstalled(root);
      return 'ok';
    });
    if (!installed) return;
    await check('Desktop entry, metainfo, associations', () => checkDesktopFiles(root));
    await check('Entries of file managers', () => checkFileManagers(root));
    if (!process.argv.includes('--no-specs'))
      await check('Specs on the installed app', async () => {
        await letTestsAttach(path.join(appIn(root), 'hashlane-desktop'));
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
