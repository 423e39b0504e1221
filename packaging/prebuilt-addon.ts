/**
 * An addon that was built elsewhere: macOS' universal one is put together from those of two machines.
 * HASHLANE_PREBUILT_ADDON names a folder with `hashlane.node` and `native-components.json`, which says what was linked
 * into it. `node packaging/prebuilt-addon.ts FOLDER` fills such a folder on the machine that built the addon.
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../scripts/setup/paths.mjs';
import type { Component } from './licences/component.ts';
import { nativeComponents } from './licences/native-libraries.ts';

const addon = ['build', 'Release', 'hashlane.node'];
const list = 'native-components.json';

/** Puts it where an addon built here would be. */
export function takePrebuiltAddon(folder: string) {
  mkdirSync(fromRoot('build', 'Release'), { recursive: true });
  copyFileSync(path.join(folder, 'hashlane.node'), fromRoot(...addon));
}

export const linkedComponents = (folder: string | undefined): Component[] =>
  folder ? JSON.parse(readFileSync(path.join(folder, list), 'utf8')) : nativeComponents();

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ?? '';
  mkdirSync(folder, { recursive: true });
  copyFileSync(fromRoot(...addon), path.join(folder, 'hashlane.node'));
  writeFileSync(path.join(folder, list), JSON.stringify(nativeComponents()));
}
