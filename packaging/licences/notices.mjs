/** The notices that licences ask for, as one file of text. */

/** @typedef {import('./components.mjs').Component} Component */

const line = '-'.repeat(80);

/** @param {readonly Component[]} components */
export function notices(components) {
  const list = components.map(({ name, version, licence }) => `  ${name} ${version} (${licence})`);
  return [
    'Hashlane is made of its own code, under the licence beside this file, and of what others wrote:',
    ['', ...list, ''].join('\n'),
    'Their licences follow. Those of Chromium and Node.js, which Electron brings, are in LICENSES.chromium.html.\n',
    ...byText(components).map(([text, names]) => [line, names.join('\n'), line, '', text.trim(), ''].join('\n')),
  ].join('\n');
}

/** A text that many share is printed once. @param {readonly Component[]} components @returns {[string, string[]][]} */
function byText(components) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const { name, version, text } of components) names.set(text, [...(names.get(text) ?? []), `${name} ${version}`]);
  return [...names];
}
