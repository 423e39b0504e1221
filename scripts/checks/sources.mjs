/** Checks that read the sources only: formatting, lint, types, the contract, the layers. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { at, findProgram, projectNode } from '../setup/places.mjs';
import { sum, verdict } from './outcome.mjs';

/** @param {string} tool path below node_modules @param {string[]} args */
const withNode = (tool, ...args) => verdict(projectNode(), [at('node_modules', tool), ...args]);

export const formatAndLint = () => withNode('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');

/** Each is compiled with the types of the runtime that it may use, and no other. */
const projects = [
  'shared',
  'shared/tsconfig.tests.json',
  'main',
  'main/hosts/electron/tsconfig.preload.json',
  'renderer',
  'e2e',
  'scripts',
  'packaging',
  'bench',
];

/** @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function types() {
  const outcomes = await Promise.all(projects.map((project) => withNode('typescript/bin/tsc', '-p', project)));
  return sum(outcomes);
}

export const contract = () => verdict(projectNode(), [at('scripts', 'contract', 'generate.ts'), '--check']);

export const layers = () => verdict(projectNode(), [at('scripts', 'layers', 'check.ts')]);

/** @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function nativeFormat() {
  if (!findProgram('clang-format')) return { kind: 'skipped', reason: 'clang-format is not installed' };
  const files = [at('native'), at('bench', 'native'), at('bench', 'js-native', 'native')]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(h|cc)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return verdict('clang-format', ['--dry-run', '--Werror', ...files]);
}
