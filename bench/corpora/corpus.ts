/** A tree that the benchmarks hash: made once, in the system's temporary folder, and found again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Corpus {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** The file that lists every path, each ended by NUL. */
  readonly list: string;
}

/** The corpus called `name`; `make` fills its folder when it is not there yet. */
export function corpus(name: string, make: (folder: string) => void): Corpus {
  const folder = path.join(os.tmpdir(), `hashlane-bench-${name}`);
  if (!existsSync(folder)) {
    const making = `${folder}.making`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making);
    make(making);
    renameSync(making, folder);
    rmSync(`${folder}.json`, { force: true });
  }
  const facts = `${folder}.json`;
  if (!existsSync(facts)) writeFileSync(facts, JSON.stringify(survey(folder)));
  return JSON.parse(readFileSync(facts, 'utf8')) as Corpus;
}

function survey(folder: string): Corpus {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const list = `${folder}.list`;
  writeFileSync(list, paths.map((file) => `${file}\0`).join(''));
  const bytes = paths.reduce((sum, file) => sum + statSync(file).size, 0);
  return { folder, files: paths.length, bytes, list };
}
