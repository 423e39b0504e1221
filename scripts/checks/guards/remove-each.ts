/**
 * Takes every guard of docs/security.md away, one after the other, and sees the test that is named for it fail:
 * `npm run guards [-- NAME…]`. Works on a copy of the checkout, so that nothing is ever left without its guard;
 * node_modules and the engine are shared with it. All tests must pass first. Ends with 1 when one fails with every guard in
 * place, or passes without its own.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromRoot, projectNode } from '../../setup/paths.mjs';
import { CommandFailed, run } from '../../setup/run.mjs';
import { type Guard, guardsOf, placesOfGuards } from './guards.ts';
import { withoutGuard } from './markers.ts';

const copied = ['native', 'main', 'renderer', 'shared', 'e2e', 'scripts', 'packaging', 'assets'];
const copiedFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'playwright.config.ts', 'vitest.config.ts'];
const linked = ['node_modules', 'build'];

const copy = mkdtempSync(path.join(os.tmpdir(), 'hashlane-guards-'));
for (const name of [...copied, ...copiedFiles]) cpSync(fromRoot(name), path.join(copy, name), { recursive: true });
for (const name of linked) symlinkSync(fromRoot(name), path.join(copy, name));

/** The bundles that the test of a guard runs. */
const bundlesOf: Record<Guard['runner'], string[]> = { unit: [], native: [], web: ['cli'], electron: ['electron'] };

/** Without colours, which would stand between the words that are looked for. */
const plain = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

/** Electron wants a display. */
const under = (runner: Guard['runner']): string[] =>
  runner === 'electron' ? (process.env.HASHLANE_DISPLAY_COMMAND ?? 'xvfb-run -a').split(' ').filter(Boolean) : [];

async function build(bundles: readonly string[]): Promise<void> {
  if (bundles.length === 0) return;
  await run(projectNode(), [path.join(copy, 'scripts', 'bundles', 'build.ts'), ...bundles], { cwd: copy });
}

/** Runs tests: those of these files whose titles contain one of the parts. */
async function test(runner: Guard['runner'], files: readonly string[], titles: readonly string[]) {
  if (runner === 'native') return nativeTest(titles);
  const literal = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const words =
    runner === 'unit'
      ? [fromRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...files, '-t', literal]
      : [
          fromRoot('node_modules', '@playwright', 'test', 'cli.js'),
          'test',
          `--project=${runner}`,
          ...files,
          '-g',
          literal,
        ];
  const [command = '', ...args] = [...under(runner), projectNode(), ...words];
  return attempt(command, args, plain);
}

/** The engine's tests, built from the copy. */
async function nativeTest(titles: readonly string[]) {
  const folder = path.join(copy, 'core');
  await run('cmake', ['-S', path.join(copy, 'native'), '-B', folder, '-G', 'Ninja', '-DHASHLANE_TESTS=ON']);
  await run('cmake', ['--build', folder, '--target', 'engine_tests']);
  const filter = `--gtest_filter=${titles.map((title) => `*${title}*`).join(':')}`;
  // What a race brings about only now and then is looked at often.
  return attempt(path.join(folder, 'tests', 'engine_tests'), [filter], { ...plain, HASHLANE_LOOKS: '10000' });
}

async function attempt(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    return { passed: true, output: await run(command, args, { cwd: copy, env }) };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { passed: false, output: error.output };
  }
}

async function whileGone<Result>(guard: Guard, files: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const before = new Map(files.map((file) => [file, readFileSync(path.join(copy, file), 'utf8')]));
  try {
    for (const [file, source] of before) {
      writeFileSync(path.join(copy, file), withoutGuard(file, source, guard.name));
    }
    await build(bundlesOf[guard.runner]);
    return await work();
  } finally {
    for (const [file, source] of before) writeFileSync(path.join(copy, file), source);
  }
}

const guards = guardsOf(readFileSync(fromRoot('docs', 'security.md'), 'utf8'));
const places = placesOfGuards();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !guards.some((guard) => guard.name === name));
if (unknown.length > 0) throw new Error(`docs/security.md has no guard ${unknown.join(', ')}`);
const chosen = guards.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let failures = 0;
try {
  await build(['cli', 'electron', 'renderer']);
  for (const runner of ['unit', 'native', 'web', 'electron'] as const) {
    const theirs = chosen.filter((guard) => guard.runner === runner);
    if (theirs.length === 0) continue;
    const files = [...new Set(theirs.map((guard) => guard.test))];
    const titles = [...new Set(theirs.map((guard) => guard.title))];
    const { passed, output } = await test(runner, files, titles);
    if (!passed) throw new Error(`Tests fail with every guard in place:\n${output}`);
  }
  for (const guard of chosen) {
    const { passed, output } = await whileGone(guard, places.get(guard.name) ?? [], () =>
      test(guard.runner, [guard.test], [guard.title]),
    );
    // A run in which no test was found ends badly, too; so does one of code that does not hold together.
    const broken = /ReferenceError|SyntaxError|Transform failed/.test(output);
    const seen = !passed && !broken && /\b\d+ failed\b/i.test(output);
    if (!seen) failures++;
    process.stdout.write(
      `${seen ? 'seen failing' : 'NOT SEEN FAILING'}  ${guard.name}  (${guard.runner}: ${guard.title})\n`,
    );
    if (!seen && !passed) process.stdout.write(`${output}\n`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(
  `${chosen.length - failures} of ${chosen.length} guards were missed by their tests when they were gone\n`,
);
process.exitCode = failures > 0 ? 1 : 0;
