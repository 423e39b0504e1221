/** Checks that read the sources only: formatting, lint, types, the contract, the layers, what nobody uses. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findProgram, fromRoot, projectNode } from '../setup/paths.mjs';
import { type Outcome, sum, verdict } from './outcome.ts';

/** @param tool path below node_modules */
const withNode = (tool: string, ...args: string[]) => verdict(projectNode(), [fromRoot('node_modules', tool), ...args]);

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

export async function types(): Promise<Outcome> {
  const outcomes = await Promise.all(projects.map((project) => withNode('typescript/bin/tsc', '-p', project)));
  return sum(outcomes);
}

export const contract = () => verdict(projectNode(), [fromRoot('scripts', 'contract', 'generate.ts'), '--check']);

export const layers = () => verdict(projectNode(), [fromRoot('scripts', 'layers', 'check.ts')]);

/** Files, exports and dependencies that nothing uses: knip.json. */
export const unused = () => withNode('knip/bin/knip.js', '--no-progress');

export const nativeSources = (): string[] =>
  [fromRoot('native'), fromRoot('bench', 'native'), fromRoot('bench', 'js-native', 'native')]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(h|cc)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));

export async function nativeFormat(): Promise<Outcome> {
  if (!findProgram('clang-format')) return { kind: 'skipped', reason: 'clang-format is not installed' };
  return verdict('clang-format', ['--dry-run', '--Werror', ...nativeSources()]);
}
