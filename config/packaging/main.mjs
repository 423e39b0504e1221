/**
 * `npm run dist -- [ARGUMENTS OF ELECTRON-BUILDER]`: builds what is missing and makes this system's packages in
 * build/packages, with the bill of materials and checksum files. docs/releasing.md says what each system needs.
 */
import { ensureBundles } from '../setup/bundles.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { withLock } from '../setup/lock.mjs';
import { at } from '../setup/places.mjs';
import { giveUp } from '../setup/run.mjs';
import { ensureBuilt, goOnWithProjectNode } from '../setup/setup.mjs';

if (process.env.HASHLANE_PREBUILT_ADDON) {
  await withLock(async () => {
    await ensureDependencies();
    await ensureBundles();
  }).catch(giveUp);
} else {
  await ensureBuilt();
}
goOnWithProjectNode(at('config', 'packaging', 'make.mjs'), process.argv.slice(2));
