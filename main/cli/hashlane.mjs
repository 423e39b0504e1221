#!/usr/bin/env node
/**
 * The package's command. Plain JavaScript, so that it runs before anything was built: in a fresh
 * checkout it builds what is missing and goes on.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => new URL(`../../${path}`, import.meta.url);
const command = at('dist/cli/hashlane.js');
const built = [command, at('build/Release/hashlane.node')];
const setup = at('config/setup/setup.mjs');

if (!built.every((file) => existsSync(file)) && existsSync(setup)) {
  process.stderr.write('hashlane: not built yet; building first\n');
  const { ensureBuilt } = await import(setup.href);
  await ensureBuilt();
}
if (existsSync(command)) {
  await import(command.href);
} else {
  process.stderr.write(`hashlane: the program is incomplete: ${fileURLToPath(command)} is missing\n`);
  process.exitCode = 1;
}
