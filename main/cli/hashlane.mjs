#!/usr/bin/env node
/**
 * The package's command. Plain JavaScript, so that it runs before anything was built: in a fresh
 * checkout it builds what is missing and goes on.
 */
// Not imported: for `import` Node evaluates every export of its modules, which takes milliseconds.
const { existsSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');
const { fileURLToPath } = process.getBuiltinModule('node:url');

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const command = at('dist/cli/hashlane.js');
const built = [command, at('build/Release/hashlane.node')];

if (!built.every((file) => existsSync(file))) {
  const setup = new URL('../../scripts/setup/setup.mjs', import.meta.url);
  if (existsSync(setup)) {
    process.stderr.write('hashlane: not built yet; building first\n');
    const { ensureBuilt } = await import(setup.href);
    await ensureBuilt();
  }
}
if (existsSync(command)) {
  createRequire(import.meta.url)(command);
} else {
  process.stderr.write(`hashlane: the program is incomplete: ${command} is missing\n`);
  process.exitCode = 1;
}
