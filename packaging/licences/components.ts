/** Everything of others that the packaged app is made of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component, Runtime } from './component.ts';
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
  'Unlicense',
  'GPL-3.0-or-later WITH GCC-exception-3.1',
]);

/** @param native what was linked into the addon */
export function shippedComponents(runtime: Runtime, native: readonly Component[]): readonly Component[] {
  const npm = npmComponents([typeof runtime === 'string' ? 'cli' : 'electron', 'renderer']);
  const own = runtime === 'none' ? [] : [runtime === 'node' ? node() : electron(runtime.electron)];
  const components = [...own, ...native, ...npm];
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

/** The Node.js that the program is made of; its file names all that it is made of itself. */
function node(): Component {
  const folder = fromRoot('node_modules', 'node', 'node_modules', `node-${process.platform}-${process.arch}`);
  const version = process.versions.node;
  const text = readFileSync(path.join(folder, 'LICENSE'), 'utf8');
  return { kind: 'runtime', name: 'node', version, licence: 'MIT', text, packageUrl: `pkg:generic/node@${version}` };
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
