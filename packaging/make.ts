/** Makes the packages once everything is built, on the project's Node. Prints their names. */
import { giveUp, step } from '../scripts/setup/run.mjs';
import { addBillOfMaterials, writeChecksums } from './checksums.ts';
import { artefacts, makePackages, packagesFolder, prepare } from './packages.ts';
import { takePrebuiltAddon } from './prebuilt-addon.ts';

const prebuilt = process.env.HASHLANE_PREBUILT_ADDON;
try {
  if (prebuilt) takePrebuiltAddon(prebuilt);
  await step('Collecting licences', prepare);
  await step('Making packages', () => makePackages(process.argv.slice(2)));
  const names = [...artefacts(), addBillOfMaterials(packagesFolder)];
  await step('Writing checksums', () => writeChecksums(packagesFolder, names));
  for (const name of names) process.stdout.write(`${name}\n`);
} catch (error) {
  giveUp(error);
}
