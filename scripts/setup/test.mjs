/**
 * `npm test [-- CHECK…]`: builds what is missing and runs every test that this machine can run. Plain JavaScript for
 * Node 20, for it runs before anything is installed; what it starts is scripts/checks/all.ts.
 */
import { fromRoot } from './paths.mjs';
import { ensureBuilt, ensureInstalled, reexecWithProjectNode } from './setup.mjs';

/** Checks that need nothing but npm's packages. */
const ofSources = new Set(['help', 'lint', 'unused', 'native-format', 'types', 'contract', 'layers']);

const checks = process.argv.slice(2);
if (checks.length > 0 && checks.every((name) => ofSources.has(name))) await ensureInstalled();
else await ensureBuilt({ groups: ['build', 'window', 'test'] });
reexecWithProjectNode(fromRoot('scripts', 'checks', 'all.ts'), checks);
