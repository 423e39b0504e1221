/** Writes the licence files that ship into build/licences: `licenceFiles`. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component, Runtime } from './component.ts';
import { shippedComponents } from './components.ts';
import { nativeComponents } from './native-libraries.ts';
import { notices } from './notices.ts';
import { sbom } from './sbom.ts';

export const licenceFiles = ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'hashlane.cdx.json'];

/** Needs the bundles. `native`: what was linked into the addon; default: what this machine links. */
export async function generateLicences({
  runtime,
  native = nativeComponents(),
  time,
  folder = fromRoot('build', 'licences'),
}: {
  runtime: Runtime;
  native?: readonly Component[];
  time: Date;
  folder?: string;
}) {
  const product = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const components = shippedComponents(runtime, native);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(fromRoot('LICENSE'), path.join(folder, 'LICENSE.txt'));
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(components, typeof runtime !== 'string'));
  writeFileSync(path.join(folder, 'hashlane.cdx.json'), await sbom(product, components, time));
}
