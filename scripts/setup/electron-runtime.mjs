/**
 * Finds an Electron to open the window with. The npm package brings no runtime of its own: it is
 * looked for where a person may have put one, and downloaded by Electron's own installer where the
 * network allows. Every way that fails ends in a reason of one line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findProgram, fromRoot, projectNode } from './paths.mjs';
import { run, step } from './run.mjs';

/** @typedef {{ kind: 'found', executable: string } | { kind: 'none', reason: string }} Runtime */

/** @param {string} folder a distribution */
function executableIn(folder) {
  if (process.platform === 'darwin') return path.join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** @returns {string | null} why no window can be shown, or null */
export function reasonForNoDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}

/** The runtime that is on this machine already, without a look at the network. @returns {Runtime} */
export function installedRuntime() {
  const overridden = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (overridden) {
    const executable = executableIn(overridden);
    if (existsSync(executable)) return { kind: 'found', executable };
    return { kind: 'none', reason: `ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${executable} does not exist` };
  }
  const own = executableIn(fromRoot('node_modules', 'electron', 'dist'));
  if (existsSync(own)) return { kind: 'found', executable: own };
  const ofSystem = findProgram('electron');
  if (ofSystem) return { kind: 'found', executable: ofSystem };
  return { kind: 'none', reason: "Electron's runtime is not installed" };
}

/** @param {string} executable @returns {string | null} which shared libraries the system lacks, or null */
export function reasonForMissingLibraries(executable) {
  if (process.platform !== 'linux') return null;
  const { status, stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (status !== 0) return null;
  const missing = stdout.split('\n').filter((line) => line.includes('not found'));
  if (missing.length === 0) return null;
  return `Electron's runtime needs libraries that are not installed: ${missing.map((line) => line.trim().split(' ')[0]).join(', ')}`;
}

/**
 * The runtime, downloaded if need be. An unreachable network is noticed within five seconds.
 * @returns {Promise<Runtime>}
 */
export async function obtainRuntime() {
  const installed = installedRuntime();
  if (installed.kind === 'found' || process.env.ELECTRON_OVERRIDE_DIST_PATH) return installed;
  const source = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  try {
    await fetch(source, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
  } catch {
    return { kind: 'none', reason: `${installed.reason} and ${new URL(source).host} cannot be reached to download it` };
  }
  try {
    await step("Downloading Electron's runtime", () =>
      run(projectNode(), [fromRoot('node_modules', 'electron', 'install.js')]),
    );
  } catch {
    return { kind: 'none', reason: `${installed.reason} and could not be downloaded` };
  }
  return installedRuntime();
}
