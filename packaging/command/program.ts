/**
 * The command as one program: Node's single-executable form, with the bundle's main file and its compiled code inside.
 * What is loaded later, the addon and the window's files lie around it as in a checkout, where the bundle looks for them.
 */
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundles } from '../../scripts/bundles/bundles.mjs';
import { findProgram, fromRoot, projectNode } from '../../scripts/setup/paths.mjs';
import { run } from '../../scripts/setup/run.mjs';

/** Node's own name of the place where it looks for what it shall run; flipped when something was put there. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Where the program lies below the folder that `makeProgram` fills. */
export const programFile = path.join('dist', 'cli', process.platform === 'win32' ? 'hashlane.exe' : 'hashlane');

/**
 * What is loaded later asks for the main file by its name, and must get the one that runs: a second one would run the
 * command twice.
 */
const prologue = `{
  const { Module, createRequire } = require('node:module');
  const path = require('node:path');
  if (!path.isAbsolute(__filename)) {
    // Without /proc, as in a bare chroot, Node knows its program only by the name that it was called by.
    const { accessSync, constants, realpathSync } = require('node:fs');
    const folders = __filename.includes('/') ? ['.'] : (process.env.PATH || '').split(path.delimiter);
    for (const folder of folders) {
      try {
        const found = path.resolve(folder, __filename);
        accessSync(found, constants.X_OK);
        __filename = realpathSync(found);
        break;
      } catch {}
    }
    __dirname = path.dirname(__filename);
  }
  const main = path.join(__dirname, 'hashlane.js');
  const own = new Module(main);
  own.exports = exports;
  own.loaded = true;
  require = createRequire(main);
  require.cache[main] = own;
}
`;
const inPlaceOfMain = "throw new Error('hashlane.js is inside the program beside it');\n";

/** @param standIn a file in place of the program, for tests of what lies around it */
export async function makeProgram(folder: string, standIn?: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const cli = path.join(folder, 'dist', 'cli');
  mkdirSync(path.join(folder, 'build', 'Release'), { recursive: true });
  mkdirSync(cli, { recursive: true });
  for (const name of readdirSync(fromRoot(bundles.cli.folder))) {
    if (!name.startsWith('.') && name !== 'hashlane.js')
      copyFileSync(fromRoot(bundles.cli.folder, name), path.join(cli, name));
  }
  writeFileSync(path.join(cli, 'hashlane.js'), inPlaceOfMain);
  const isShipped = (source: string): boolean => !path.basename(source).startsWith('.');
  cpSync(fromRoot(bundles.renderer.folder), path.join(folder, 'dist', 'renderer'), {
    recursive: true,
    filter: isShipped,
  });
  copyFileSync(fromRoot('build', 'Release', 'hashlane.node'), path.join(folder, 'build', 'Release', 'hashlane.node'));
  const program = path.join(folder, programFile);
  if (standIn === undefined) await makeExecutable(program, path.join(folder, '.work'));
  else copyFileSync(standIn, program);
  chmodSync(program, 0o755);
}

async function makeExecutable(program: string, work: string): Promise<void> {
  mkdirSync(work, { recursive: true });
  const at = (name: string): string => path.join(work, name);
  writeFileSync(at('main.cjs'), prologue + readFileSync(fromRoot(bundles.cli.output), 'utf8'));
  writeFileSync(
    at('sea.json'),
    JSON.stringify({
      main: at('main.cjs'),
      output: at('blob'),
      disableExperimentalSEAWarning: true,
      useCodeCache: true,
      // NODE_OPTIONS is for other programs of this user.
      execArgvExtension: 'none',
    }),
  );
  await run(projectNode(), ['--experimental-sea-config', at('sea.json')]);
  copyFileSync(projectNode(), program);
  chmodSync(program, 0o755);
  // Symbols of Node itself, a seventh of the file, which nobody of ours reads.
  if (process.platform === 'linux' && findProgram('strip')) await run('strip', ['--strip-all', program]);
  const inject = fromRoot('node_modules', 'postject', 'dist', 'cli.js');
  await run(projectNode(), [inject, program, 'NODE_SEA_BLOB', at('blob'), '--sentinel-fuse', fuse]);
  rmSync(work, { recursive: true });
}
