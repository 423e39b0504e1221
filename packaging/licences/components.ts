/** Everything of others that the packaged app is made of. */
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component } from './component.ts';
import { npmComponents } from './npm-packages.ts';

/** What may ship under the MIT licence without more than a notice. Another one needs a decision, and a line here. */
const accepted = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0 OR Apache-2.0',
  'GPL-3.0-or-later WITH GCC-exception-3.1',
]);

/** @param native what was linked into the addon */
export function shippedComponents(electronVersion: string, native: readonly Component[]): readonly Component[] {
  const components = [electron(electronVersion), ...native, ...npmComponents(['electron', 'renderer'])];
  refuseOthers(components);
  return components;
}

export function refuseOthers(components: readonly Component[]) {
  const refused = components.filter(({ licence }) => !accepted.has(licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, licence }) => `${name} (${licence})`).join(', ');
    throw new Error(`These licences are not on the list of packaging/licences/components.ts: ${list}`);
  }
}

/** Chromium's and Node's licences lie in LICENSES.chromium.html beside the program. */
function electron(version: string): Component {
  const text = readFileSync(fromRoot('node_modules', 'electron', 'LICENSE'), 'utf8');
  return {
    kind: 'runtime',
    name: 'electron',
    version,
    licence: 'MIT',
    text,
    packageUrl: `pkg:npm/electron@${version}`,
  };
}
