/** `npm run dev -- [PATH…]`: builds what is missing and goes on with scripts/bundles/dev.ts. */
import { fromRoot } from './paths.mjs';
import { ensureBuilt, reexecWithProjectNode } from './setup.mjs';

await ensureBuilt();
reexecWithProjectNode(fromRoot('scripts', 'bundles', 'dev.ts'), process.argv.slice(2));
