/** The npm packages, and the `hashlane` command among their programs, so that `npx hashlane` works here. */
import { chmodSync, existsSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot, onWindows } from './paths.mjs';
import { run, step } from './run.mjs';

/**
 * True when what npm noted as installed is what package-lock.json asks for. Optional packages
 * may be absent: they belong to other systems.
 */
function dependenciesAreCurrent() {
  if (!existsSync(fromRoot('node_modules', '.package-lock.json'))) return false;
  /** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} */
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  const installed = packagesIn(fromRoot('node_modules', '.package-lock.json'));
  return Object.entries(packagesIn(fromRoot('package-lock.json'))).every(
    ([place, wanted]) => place === '' || wanted.optional || installed[place]?.version === wanted.version,
  );
}

export async function ensureDependencies() {
  if (!dependenciesAreCurrent()) {
    await step('Installing npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund']));
  }
  linkCommand();
}

function linkCommand() {
  const launcher = fromRoot('main', 'cli', 'hashlane.mjs');
  if (!existsSync(launcher)) return;
  if (onWindows) {
    const shim = fromRoot('node_modules', '.bin', 'hashlane.cmd');
    if (!existsSync(shim)) writeFileSync(shim, '@node "%~dp0\\..\\..\\main\\cli\\hashlane.mjs" %*\r\n');
    return;
  }
  const link = fromRoot('node_modules', '.bin', 'hashlane');
  const target = path.relative(path.dirname(link), launcher);
  if (existsSync(link) && readlinkSync(link) === target) return;
  rmSync(link, { force: true });
  symlinkSync(target, link);
  chmodSync(launcher, 0o755);
}
