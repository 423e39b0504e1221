/** Checks that read the sources only: formatting, lint, types, the contract, the layers. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { at, findProgram, projectNode } from '../setup/places.mjs';
import { verdict } from './outcome.mjs';

/** @param {string} tool path below node_modules @param {string[]} args */
const withNode = (tool, ...args) => verdict(projectNode(), [at('node_modules', tool), ...args]);

export const formatAndLint = () => withNode('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');

/** @param {string} folder that has a tsconfig.json */
export const types = (folder) => withNode('typescript/bin/tsc', '--noEmit', '-p', folder);

export const contract = () => verdict(projectNode(), [at('scripts', 'contract', 'generate.ts'), '--check']);

export const layers = () => verdict(projectNode(), [at('scripts', 'layers', 'check.ts')]);

/** @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function nativeFormat() {
  if (!findProgram('clang-format')) return { kind: 'skipped', reason: 'clang-format is not installed' };
  const files = [at('native'), at('bench', 'native'), at('bench', 'boundary', 'native')]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(h|cc)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return verdict('clang-format', ['--dry-run', '--Werror', ...files]);
}
