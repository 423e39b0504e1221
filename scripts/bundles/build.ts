/** Builds the bundles named on the command line, or all of them: `node scripts/bundles/build.ts [NAME…]`. */
import { build } from 'vite';
import { bundleNames } from './bundles.mjs';
import { configurations } from './configurations.ts';

const wanted = process.argv.slice(2);
for (const name of bundleNames) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const configuration of configurations[name]) await build(configuration);
}
