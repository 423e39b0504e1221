/** Writes the licence files that ship into build/licences: `licenceFiles`. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component } from './component.ts';
import { shippedComponents } from './components.ts';
import { notices } from './notices.ts';
import { sbom } from './sbom.ts';

export const licenceFiles = ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'hashlane.cdx.json'];

/** Needs the bundles. */
export async function generateLicences({
  electronVersion,
  native,
  time,
}: {
  electronVersion: string;
  native: readonly Component[];
  time: Date;
}) {
  const product = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const components = shippedComponents(electronVersion, native);
  const folder = fromRoot('build', 'licences');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(fromRoot('LICENSE'), path.join(folder, 'LICENSE.txt'));
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(components));
  writeFileSync(path.join(folder, 'hashlane.cdx.json'), await sbom(product, components, time));
}
