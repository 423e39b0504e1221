/** Public test data that is no part of the project: unpacked for a test where it is there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** The archive in the folder HASHLANE_SUITES, or in `shared/suites` of a folder above the project. */
function findArchive(name: string): string | null {
  const folders = [process.env.HASHLANE_SUITES ?? ''];
  for (let above = path.dirname(process.cwd()); above !== path.dirname(above); above = path.dirname(above))
    folders.push(path.join(above, 'shared', 'suites'));
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** The folder of the unpacked suite, gone after the tests of the file; null, with a message, where it is absent. */
export function unpackSuite(name: string): string | null {
  const archive = findArchive(name);
  if (archive === null) {
    process.stderr.write(`skipped: ${name} is not there; HASHLANE_SUITES names the folder that holds it\n`);
    return null;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'hashlane-suite-'));
  execFileSync('tar', ['xzf', archive, '-C', folder]);
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}
