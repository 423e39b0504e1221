/** `npm run build`: builds what is missing or stale, the native engine and all bundles. */
import { ensureBuilt } from './setup.mjs';

await ensureBuilt();
