/**
 * Everything between a fresh clone and a program that runs: system packages, npm packages, the
 * native engine, the bundles. Each step does nothing, and says nothing, when there is nothing to
 * do. Plain JavaScript for Node 20, for it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { ensureBundles } from './bundles.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { ensureAddon } from './native.mjs';
import { ensurePackages } from './packages.mjs';
import { projectNode, root } from './paths.mjs';
import { giveUp } from './run.mjs';
import { librariesFromVcpkg } from './vcpkg.mjs';

/**
 * Builds what is missing or stale; reports each step in a line on stderr. Where something cannot be
 * had it says what to do and ends the process with 1.
 * @param {{ groups?: readonly import('./packages.mjs').PackageGroup[] }} [options] the system packages wanted
 */
export async function ensureBuilt({ groups = ['build'] } = {}) {
  try {
    await withLock(async () => {
      await ensurePackages(librariesFromVcpkg ? groups.filter((group) => group !== 'build') : groups);
      await ensureDependencies();
      await ensureAddon();
      await ensureBundles();
    });
  } catch (error) {
    giveUp(error);
  }
}

/** The npm packages alone: all that checks of the sources need. */
export async function ensureInstalled() {
  await withLock(ensureDependencies).catch(giveUp);
}

/**
 * Runs a script on the Node that the set-up brought, in place of this process.
 * @param {string} script @param {readonly string[]} [args]
 * @returns {never}
 */
export function reexecWithProjectNode(script, args = []) {
  const { status } = spawnSync(projectNode(), [script, ...args], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
