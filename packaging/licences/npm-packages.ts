/** The npm packages whose code ends in what ships: those that Vite found in the bundles, and a few that it cannot see. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BundleName } from '../../scripts/bundles/bundles.mjs';
import { bundles, licencesFolder } from '../../scripts/bundles/bundles.mjs';
import { fromRoot } from '../../scripts/setup/paths.mjs';
import type { Component } from './component.ts';

/** Style sheets and headers leave no module in a bundle. */
const unseen = ['tailwindcss', 'node-addon-api', 'node-api-headers'];

/** @returns by name, each version once */
export function npmComponents(names: readonly BundleName[]): Component[] {
  const found = [...names.flatMap(packagesOfBundle), ...unseen.map(readPackage)].map(component);
  const byUrl = new Map(found.map((each) => [each.packageUrl, each]));
  return [...byUrl.values()].sort((a, b) => (a.packageUrl < b.packageUrl ? -1 : 1));
}

/** Entry of Vite's list */
export type Entry = { name: string; version: string; identifier?: string; text?: string };

function packagesOfBundle(name: BundleName): Entry[] {
  const folder = fromRoot(bundles[name].folder, licencesFolder);
  return readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
}

function readPackage(name: string): Entry {
  const folder = fromRoot('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return { name, version, identifier: license, ...(file && { text: readFileSync(path.join(folder, file), 'utf8') }) };
}

function component({ name, version, identifier, text }: Entry): Component {
  if (!identifier) throw new Error(`${name} ${version} names no licence`);
  const packageUrl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenceText = text ?? standardText(name, identifier);
  return {
    kind: 'npm',
    name,
    version,
    licence: identifier,
    text: licenceText,
    packageUrl,
    sha512: lockedHash(name, version),
  };
}

/** A few packages name their licence and leave its text out. */
function standardText(name: string, licence: string) {
  const file = fromRoot('packaging', 'licences', 'texts', `${licence}.txt`);
  if (!existsSync(file)) throw new Error(`${name} brings no text of its licence, and ${file} does not exist`);
  const { author } = JSON.parse(readFileSync(fromRoot('node_modules', name, 'package.json'), 'utf8'));
  const holder = typeof author === 'string' ? author : author?.name;
  return readFileSync(file, 'utf8').replace('<copyright holders>', holder ?? `the authors of ${name}`);
}

const lock: { packages: Record<string, { version?: string; integrity?: string }> } = JSON.parse(
  readFileSync(fromRoot('package-lock.json'), 'utf8'),
);

/** What npm compared the archive with when it installed it. */
export function lockedHash(name: string, version: string): string {
  const [, entry] =
    Object.entries(lock.packages).find(
      ([place, locked]) => place.endsWith(`node_modules/${name}`) && locked.version === version,
    ) ?? [];
  const hash = /^sha512-(.*)$/.exec(entry?.integrity ?? '')?.[1];
  if (!hash) throw new Error(`package-lock.json has no SHA-512 of ${name} ${version}`);
  return Buffer.from(hash, 'base64').toString('hex');
}
