/** The guards: docs/security.md lists them with their tests, and comments beside the code name them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot, root } from '../../setup/paths.mjs';
import { guardsIn } from './markers.ts';

export interface Guard {
  readonly name: string;
  readonly runner: 'unit' | 'native' | 'web' | 'electron';
  /** The file of the test. */
  readonly test: string;
  /** Part of the titles of the tests that fail without the guard; GoogleTest runs the words together. */
  readonly title: string;
}

const runners = { unit: 'unit', native: 'native', browser: 'web', Electron: 'electron' } as const;

const row = new RegExp(
  String.raw`^\| ([^|[\x60]+?) \| .*?\| (${Object.keys(runners).join('|')}): … (.+?) … in \[[^\]]+\]\(\.\./([^)]+)\)`,
  'gm',
);

/** The rows of the tables in docs/security.md: `| NAME | where | RUNNER: … TITLE … in [file](../path) |`. */
export function guardsOf(document: string): Guard[] {
  return [...document.matchAll(row)].map(([, name, named, title, test]) => {
    const runner = runners[named as keyof typeof runners];
    return { name: name!, runner, title: runner === 'native' ? runTogether(title!) : title!, test: test! };
  });
}

const runTogether = (title: string): string =>
  title.replace(/(?:^|\W+)(\w?)/g, (_, letter: string) => letter.toUpperCase());

/** The sources that name each guard, by name; paths below the checkout. */
export function placesOfGuards(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const found of globSync('{main,shared,renderer,native}/**/*.{ts,tsx,cc,h}', { cwd: root })) {
    const file = found.split(path.sep).join('/');
    const names = new Set(guardsIn(file, readFileSync(fromRoot(file), 'utf8')));
    for (const name of names) places.set(name, [...(places.get(name) ?? []), file]);
  }
  return places;
}
