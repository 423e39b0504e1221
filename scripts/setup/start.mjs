/**
 * `npm start -- [--web] PATH…`: builds what is missing and opens Hashlane with these paths, in
 * Electron where a window can be had and otherwise on the web host.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { obtainRuntime, reasonForMissingLibraries, reasonForNoDisplay } from './electron-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { fromRoot, root } from './paths.mjs';
import { ensureBuilt } from './setup.mjs';

const usage = `Usage: npm start -- [--web] [PATH…]

Builds what is missing and opens Hashlane with the files and folders named.

  --web   serve the app to a browser, even where Electron is there
`;

/** @param {string[]} given */
function readArguments(given) {
  const end = given.indexOf('--');
  const flags = (end < 0 ? given : given.slice(0, end)).filter((argument) => argument.startsWith('-'));
  if (flags.includes('--help') || flags.includes('-h')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const unknown = flags.find((flag) => flag !== '--web');
  if (unknown) {
    process.stderr.write(`Unknown option: ${unknown}\n${usage}`);
    process.exit(2);
  }
  // npm changes to the package's folder; INIT_CWD is where the person was.
  const from = process.env.INIT_CWD ?? process.cwd();
  const paths = given.filter((argument, index) => (end >= 0 && index > end) || !argument.startsWith('-'));
  return { web: flags.includes('--web'), paths: paths.map((argument) => path.resolve(from, argument)) };
}

/** @returns {Promise<{ kind: 'electron', executable: string } | { kind: 'web', reason: string }>} */
async function chooseHost() {
  const noDisplay = reasonForNoDisplay();
  if (noDisplay) return { kind: 'web', reason: noDisplay };
  const runtime = await obtainRuntime();
  if (runtime.kind === 'none') return { kind: 'web', reason: runtime.reason };
  if (reasonForMissingLibraries(runtime.executable)) await ensurePackages(['window']).catch(() => {});
  const missing = reasonForMissingLibraries(runtime.executable);
  return missing ? { kind: 'web', reason: missing } : { kind: 'electron', executable: runtime.executable };
}

/**
 * Runs the app in this terminal until it ends, and ends with its status. Ctrl+C reaches the app
 * by itself, as every process of the terminal does; what reaches this process alone is passed on.
 * @param {string} executable @param {string[]} args
 */
function become(executable, args) {
  const child = spawn(executable, args, { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${executable} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (status, signal) => process.exit(status ?? 128 + os.constants.signals[signal ?? 'SIGTERM']));
}

const { web, paths } = readArguments(process.argv.slice(2));
await ensureBuilt();
const host = web ? /** @type {const} */ ({ kind: 'web', reason: '' }) : await chooseHost();
if (host.kind === 'electron') {
  // Chromium's sandbox refuses to run as root.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  become(host.executable, [...flags, root, '--', ...paths]);
} else {
  if (host.reason) process.stderr.write(`Opening the web host instead of a window: ${host.reason}.\n`);
  become(process.execPath, [fromRoot('dist', 'cli', 'hashlane.js'), 'serve', '--', ...paths]);
}
