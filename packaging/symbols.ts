/**
 * `node packaging/symbols.ts FOLDER`: puts the debug symbols of the addon that was built here into
 * `hashlane-VERSION-PLATFORM-ARCH-symbols.tar.gz` in that folder. docs/releasing.md describes how they are used.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../scripts/setup/paths.mjs';
import { giveUp, run, SetupProblem } from '../scripts/setup/run.mjs';

/** What the linker, objcopy or dsymutil leaves beside the addon. */
const files = ['hashlane.node.debug', 'hashlane.pdb', 'hashlane.node.dSYM'];

try {
  const folder = process.argv[2];
  if (!folder) throw new SetupProblem('Expected the folder to put the symbols into.');
  const present = files.filter((file) => existsSync(fromRoot('build', 'Release', file)));
  if (present.length !== 1) {
    throw new SetupProblem(`Expected one of ${files.join(', ')} in build/Release and found ${present.length}.`);
  }
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const archive = path.resolve(folder, `hashlane-${version}-${process.platform}-${process.arch}-symbols.tar.gz`);
  mkdirSync(path.dirname(archive), { recursive: true });
  // A relative name: GNU tar takes what stands before a colon, as in C:, for another machine.
  const target = path.relative(fromRoot('build', 'Release'), archive).replaceAll(path.sep, '/');
  await run('tar', ['-czf', target, ...present], { cwd: fromRoot('build', 'Release') });
  process.stdout.write(`${archive}\n`);
} catch (error) {
  giveUp(error);
}
