/**
 * `npm run dist -- [ARGUMENTS OF ELECTRON-BUILDER]`: builds what is missing and makes this system's packages in
 * build/packages, with the bill of materials and checksum files. docs/releasing.md says what each system needs.
 */
import { ensureBundles } from '../scripts/setup/bundles.mjs';
import { ensureDependencies } from '../scripts/setup/dependencies.mjs';
import { withLock } from '../scripts/setup/lock.mjs';
import { fromRoot } from '../scripts/setup/paths.mjs';
import { giveUp } from '../scripts/setup/run.mjs';
import { ensureBuilt, reexecWithProjectNode } from '../scripts/setup/setup.mjs';

if (process.env.HASHLANE_PREBUILT_ADDON) {
  await withLock(async () => {
    await ensureDependencies();
    await ensureBundles();
  }).catch(giveUp);
} else {
  await ensureBuilt();
}
reexecWithProjectNode(fromRoot('packaging', 'make.ts'), process.argv.slice(2));
