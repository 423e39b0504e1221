/** The npm packages whose code ends in what ships: those that Vite found in the bundles, and a few that it cannot see. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundles, licencesFolder } from '../../scripts/bundles/bundles.mjs';
import { at } from '../../scripts/setup/places.mjs';

/** @typedef {import('./components.mjs').Component} Component */
/** @typedef {import('../../scripts/bundles/bundles.mjs').BundleName} BundleName */

/** Style sheets and headers leave no module in a bundle. */
const unseen = ['tailwindcss', 'node-addon-api', 'node-api-headers'];

/** @param {readonly BundleName[]} names @returns {Component[]} by name, each version once */
export function npmComponents(names) {
  const found = [...names.flatMap(packagesOfBundle), ...unseen.map(readPackage)].map(component);
  const byUrl = new Map(found.map((each) => [each.packageUrl, each]));
  return [...byUrl.values()].sort((a, b) => (a.packageUrl < b.packageUrl ? -1 : 1));
}

/** @typedef {{ name: string, version: string, identifier?: string, text?: string }} Entry of Vite's list */

/** @param {BundleName} name @returns {Entry[]} */
function packagesOfBundle(name) {
  const folder = at(bundles[name].folder, licencesFolder);
  return readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}

/** @param {string} name @returns {Entry} */
function readPackage(name) {
  const folder = at('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return { name, version, identifier: license, ...(file && { text: readFileSync(path.join(folder, file), 'utf8') }) };
}

/** @param {Entry} entry @returns {Component} */
function component({ name, version, identifier, text }) {
  if (!identifier) throw new Error(`${name} ${version} tells no licence`);
  const packageUrl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { kind: 'npm', name, version, licence: identifier, text: text ?? standardText(name, identifier), packageUrl };
}

/** A few packages name their licence and leave its text out. @param {string} name @param {string} licence */
function standardText(name, licence) {
  const file = at('packaging', 'licences', 'texts', `${licence}.txt`);
  if (!existsSync(file)) throw new Error(`${name} brings no text of its licence, and ${file} does not exist`);
  const { author } = JSON.parse(readFileSync(at('node_modules', name, 'package.json'), 'utf8'));
  const holder = typeof author === 'string' ? author : author?.name;
  return readFileSync(file, 'utf8').replace('<copyright holders>', holder ?? `the authors of ${name}`);
}
