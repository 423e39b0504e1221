/** Everything of others that the packaged app is made of. */
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/setup/places.mjs';
import { npmComponents } from './npm-packages.mjs';

/**
 * @typedef {object} Component
 * @property {'npm' | 'native' | 'runtime'} kind
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX expression
 * @property {string} text of the licence, with its copyright notices
 * @property {string} packageUrl https://github.com/package-url/purl-spec
 */

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

/**
 * @param {string} electronVersion
 * @param {readonly Component[]} native what was linked into the addon
 * @returns {readonly Component[]}
 */
export function shippedComponents(electronVersion, native) {
  const components = [electron(electronVersion), ...native, ...npmComponents(['electron', 'renderer'])];
  refuseOthers(components);
  return components;
}

/** @param {readonly Component[]} components */
export function refuseOthers(components) {
  const refused = components.filter(({ licence }) => !accepted.has(licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, licence }) => `${name} (${licence})`).join(', ');
    throw new Error(`These licences are not on the list of packaging/licences/components.mjs: ${list}`);
  }
}

/** Chromium's and Node's licences lie in LICENSES.chromium.html beside the program. @param {string} version @returns {Component} */
function electron(version) {
  const text = readFileSync(at('node_modules', 'electron', 'LICENSE'), 'utf8');
  return {
    kind: 'runtime',
    name: 'electron',
    version,
    licence: 'MIT',
    text,
    packageUrl: `pkg:npm/electron@${version}`,
  };
}
