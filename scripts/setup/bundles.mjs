/** Builds the bundles that are stale. */
import { bundleNames, bundles, stampOf } from '../bundles/bundles.mjs';
import { fromRoot, projectNode } from './paths.mjs';
import { run, step } from './run.mjs';
import { fingerprint, isCurrent, writeStamp } from './stamp.mjs';

function staleBundles() {
  return bundleNames
    .map((name) => ({ name, print: fingerprint(bundles[name].inputs, name) }))
    .filter(({ name, print }) => !isCurrent(stampOf(name), print, [bundles[name].output]));
}

export async function ensureBundles() {
  const stale = staleBundles();
  if (stale.length === 0) return;
  const names = stale.map(({ name }) => name);
  await step(`Bundling ${names.join(', ')}`, () =>
    run(projectNode(), [fromRoot('scripts', 'bundles', 'build.ts'), ...names]),
  );
  for (const { name, print } of stale) writeStamp(stampOf(name), print);
}
