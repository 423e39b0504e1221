/**
 * `npm run dist -- [ARGUMENTS OF ELECTRON-BUILDER]`: builds what is missing and makes this system's packages in
 * build/packages, with the bill of materials and checksum files. docs/releasing.md says what each system needs.
 */
import { ensureBundles } from '../setup/bundles.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { withLock } from '../setup/lock.mjs';
import { giveUp, step } from '../setup/run.mjs';
import { ensureBuilt } from '../setup/setup.mjs';

const prebuilt = process.env.HASHLANE_PREBUILT_ADDON;
try {
  if (prebuilt) {
    await withLock(async () => {
      await ensureDependencies();
      await ensureBundles();
    });
  } else {
    await ensureBuilt();
  }
  // Not before there are node_modules.
  const { takePrebuiltAddon } = await import('./prebuilt-addon.mjs');
  const { addBillOfMaterials, writeChecksums } = await import('./checksums.mjs');
  const { artefacts, makePackages, packagesFolder, prepare } = await import('./packages.mjs');
  if (prebuilt) takePrebuiltAddon(prebuilt);
  await step('Collecting licences', prepare);
  await step('Making packages', () => makePackages(process.argv.slice(2)));
  const names = [...artefacts(), addBillOfMaterials(packagesFolder)];
  await step('Writing checksums', () => writeChecksums(packagesFolder, names));
  for (const name of names) process.stdout.write(`${name}\n`);
} catch (error) {
  giveUp(error);
}
