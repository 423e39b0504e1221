/**
 * Writes what is said of the command's options outside it, README's tables and the man page, from Commander's program.
 * `--check` writes nothing and fails when a file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { referenceFiles } from '../../main/cli/reference/files.ts';

const fromRoot = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

let stale = false;
for (const { file, text } of referenceFiles((name) => readFileSync(fromRoot(name), 'utf8'))) {
  if (!process.argv.includes('--check')) {
    writeFileSync(fromRoot(file), text);
    continue;
  }
  if (readFileSync(fromRoot(file), 'utf8') === text) continue;
  console.error(`${file} is stale: run \`npm run reference\``);
  stale = true;
}
process.exitCode = stale ? 1 : 0;
