/** The native engine: the addon that ships, and the core with its tests, which needs no Node. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot, projectNode } from './paths.mjs';
import { run, step } from './run.mjs';
import { fingerprint, isCurrent, writeStamp } from './stamp.mjs';
import { vcpkgVariables } from './vcpkg.mjs';

const addon = 'build/Release/hashlane.node';
const addonStamp = 'build/addon.stamp';
const cores = String(os.availableParallelism());

/** @returns {string} the product's version, which the addon reports too */
const version = () => JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).version;

function addonPrint() {
  const libraries = JSON.stringify(vcpkgVariables());
  return fingerprint(
    ['native', 'CMakeLists.txt', 'package-lock.json', 'vcpkg.json'],
    `addon ${version()} ${libraries}`,
  );
}

/**
 * CMake refuses a cache that was made for another folder, as after the checkout was moved or copied.
 * @param {string} folder build folder @param {string} source
 */
function dropForeignCache(folder, source) {
  const cache = fromRoot(folder, 'CMakeCache.txt');
  if (!existsSync(cache)) return;
  const home = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(readFileSync(cache, 'utf8'))?.[1];
  if (home !== undefined && path.resolve(home) !== path.resolve(source)) rmSync(cache);
}

export async function ensureAddon() {
  const print = addonPrint();
  if (isCurrent(addonStamp, print, [addon])) return;
  await step('Building the native engine', async () => {
    const tool = fromRoot('node_modules', 'cmake-js', 'bin', 'cmake-js');
    const build = (/** @type {string} */ command) =>
      run(projectNode(), [
        tool,
        command,
        `--out=${fromRoot('build')}`,
        `--parallel=${cores}`,
        `--CDHASHLANE_VERSION=${version()}`,
        ...Object.entries(vcpkgVariables()).map(([name, value]) => `--CD${name}=${value}`),
        '--log-level=warn',
      ]);
    dropForeignCache('build', fromRoot());
    // `configure` first: `compile` alone skips it when a cache is there, and new options would be lost.
    await build('configure');
    await build('build');
  });
  writeStamp(addonStamp, print);
}

/** Builds the core with its tests into build/core; ninja finds out what is stale. */
export async function buildCoreTests() {
  dropForeignCache('build/core', fromRoot('native'));
  await run('cmake', ['-S', 'native', '-B', 'build/core', '-G', 'Ninja', '-DHASHLANE_TESTS=ON']);
  await run('cmake', ['--build', 'build/core', '--parallel', cores]);
}
