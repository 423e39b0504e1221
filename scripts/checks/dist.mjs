/**
 * `npm run dist:check`: makes the Linux packages around the Electron that HASHLANE_ELECTRON_DIST names, and proves them:
 * what is in them, how they install into a fresh system, and that the app works from where it was installed, which
 * `-- --no-specs` leaves out.
 */
import { fromRoot } from '../setup/paths.mjs';
import { giveUp, SetupProblem } from '../setup/run.mjs';
import { ensureBuilt, reexecWithProjectNode } from '../setup/setup.mjs';

if (!process.env.HASHLANE_ELECTRON_DIST) {
  giveUp(new SetupProblem('HASHLANE_ELECTRON_DIST is not set: name the folder of an Electron distribution.'));
}
await ensureBuilt({ groups: ['build', 'window', 'test', 'packaging'] });
reexecWithProjectNode(fromRoot('scripts', 'checks', 'packaged', 'main.ts'), process.argv.slice(2));
