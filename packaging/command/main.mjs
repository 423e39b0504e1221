/** `npm run dist:cli`: builds what is missing and makes hashlane-cli's packages and the npm packages in build/command. */
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { ensureBuilt, reexecWithProjectNode } from '../../scripts/setup/setup.mjs';

await ensureBuilt({ groups: ['build', 'window', 'packaging'] });
reexecWithProjectNode(fromRoot('packaging', 'command', 'make.ts'), process.argv.slice(2));
