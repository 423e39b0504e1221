/**
 * `npm run dist:specs`: the Electron specs on the app that `npm run dist` packed for this system, on a copy of it to
 * which tests may attach. Ends with 1 when one failed or none could run.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packagesFolder } from '../../packaging/packages.ts';
import { letTestsAttach } from './packaged/fuses.ts';
import { packagedSpecs } from './specs.ts';

/** What electron-builder calls the folder of the packed app, and the program in it. */
const apps = [
  ['linux-unpacked', 'hashlane-desktop'],
  ['linux-arm64-unpacked', 'hashlane-desktop'],
  ['win-unpacked', 'Hashlane.exe'],
  ['win-arm64-unpacked', 'Hashlane.exe'],
  ['mac-universal', 'Hashlane.app/Contents/MacOS/Hashlane'],
].filter(([folder = '', program = '']) => existsSync(path.join(packagesFolder, folder, program)));

const [app, ...more] = apps;
if (!app || more.length > 0) throw new Error(`There is not one packed app in ${packagesFolder}: npm run dist`);
const [folder = '', program = ''] = app;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-packed-'));
try {
  cpSync(path.join(packagesFolder, folder), scratch, { recursive: true, verbatimSymlinks: true });
  const copy = path.join(scratch, program);
  await letTestsAttach(copy);
  const outcome = await packagedSpecs(copy);
  if (outcome.kind === 'skipped') throw new Error(outcome.reason);
  process.stdout.write(`${outcome.output}\n${outcome.passed} passed, ${outcome.failed} failed\n`);
  process.exitCode = outcome.failed > 0 || outcome.passed === 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
