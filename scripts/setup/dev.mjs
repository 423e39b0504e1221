/** `npm run dev -- [PATH…]`: builds what is missing and goes on with scripts/bundles/dev.ts. */
import { at } from './places.mjs';
import { ensureBuilt, goOnWithProjectNode } from './setup.mjs';

await ensureBuilt();
goOnWithProjectNode(at('scripts', 'bundles', 'dev.ts'), process.argv.slice(2));
