/** The notices that licences ask for, as one file of text. */

import type { Component } from './component.ts';

const line = '-'.repeat(80);

/** `hasElectron`: Chromium's and Node's licences lie beside them. */
export function notices(components: readonly Component[], hasElectron = true) {
  const list = components.map(({ name, version, licence }) => `  ${name} ${version} (${licence})`);
  return [
    'Hashlane is made of its own code, under the licence beside this file, and of what others wrote:',
    ['', ...list, ''].join('\n'),
    hasElectron
      ? 'Their licences follow. Those of Chromium and Node.js, which Electron brings, are in LICENSES.chromium.html.\n'
      : 'Their licences follow.\n',
    ...byText(components).map(([text, names]) => [line, names.join('\n'), line, '', text.trim(), ''].join('\n')),
  ].join('\n');
}

/** A text that many share is printed once. */
function byText(components: readonly Component[]): [string, string[]][] {
  const names: Map<string, string[]> = new Map();
  for (const { name, version, text } of components) names.set(text, [...(names.get(text) ?? []), `${name} ${version}`]);
  return [...names];
}
