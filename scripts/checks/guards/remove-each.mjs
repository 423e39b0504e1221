/**
 * Takes every guard away, one after the other, and sees the test that is named for it fail:
 * `npm run guards [-- NAME…]`. Works on a copy of the checkout, so that nothing is ever left without
 * its guard; node_modules and the engine are shared with it. All tests must pass first. Ends with 1
 * when one fails with every guard in place, or passes without its own.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, projectNode } from '../../setup/places.mjs';
import { CommandFailed, run } from '../../setup/run.mjs';
import { electronGuards } from './electron-guards.mjs';
import { nativeGuards } from './native-guards.mjs';
import { outputGuards } from './output-guards.mjs';
import { webGuards } from './web-guards.mjs';

/** @typedef {import('./guard.mjs').Guard} Guard */

const copied = ['native', 'main', 'renderer', 'shared', 'e2e', 'scripts', 'packaging', 'assets'];
const copiedFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'playwright.config.ts', 'vitest.config.ts'];
const shared = ['node_modules', 'build'];

const copy = mkdtempSync(path.join(os.tmpdir(), 'hashlane-guards-'));
for (const name of [...copied, ...copiedFiles]) cpSync(at(name), path.join(copy, name), { recursive: true });
for (const name of shared) symlinkSync(at(name), path.join(copy, name));

/** The bundles that the test of a guard runs. @type {Record<Guard['runner'], string[]>} */
const bundlesOf = { unit: [], native: [], web: ['cli'], electron: ['electron'] };

/** Without colours, which would stand between the words that are looked for. */
const plain = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

/** What a race brings about only now and then. */
const looksLong = { ...plain, HASHLANE_LOOKS: '10000' };

/** Gives the output of the program, and whether it ended well. @param {string} program @param {string[]} args */
async function attempt(program, args) {
  const [command = '', ...before] = [...under(program), projectNode()];
  try {
    return { passed: true, output: await run(command, [...before, ...args], { cwd: copy, env: plain }) };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { passed: false, output: error.output };
  }
}

/** Electron wants a display. @param {string} program */
const under = (program) =>
  program === 'electron' ? (process.env.HASHLANE_DISPLAY_COMMAND ?? 'xvfb-run -a').split(' ').filter(Boolean) : [];

/** @param {Guard['runner']} runner */
const build = async (runner) => {
  for (const name of bundlesOf[runner]) {
    await run(projectNode(), [path.join(copy, 'scripts', 'bundles', 'build.mjs'), name], { cwd: copy });
  }
};

/**
 * Runs tests: those of these files whose titles contain one of the parts.
 * @param {Guard['runner']} runner @param {readonly string[]} files @param {readonly string[]} titles
 */
function test(runner, files, titles) {
  const literal = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  if (runner === 'native') return nativeTest(literal.split('|'));
  if (runner === 'unit') {
    return attempt(runner, [at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...files, '-t', literal]);
  }
  const cli = at('node_modules', '@playwright', 'test', 'cli.js');
  return attempt(runner, [cli, 'test', `--project=${runner}`, ...files, '-g', literal]);
}

/** The engine's tests, built from the copy. @param {readonly string[]} titles */
async function nativeTest(titles) {
  const folder = path.join(copy, 'core');
  await run('cmake', ['-S', path.join(copy, 'native'), '-B', folder, '-G', 'Ninja', '-DHASHLANE_TESTS=ON']);
  await run('cmake', ['--build', folder, '--target', 'engine_tests']);
  const filter = titles.map((title) => `*${title}*`).join(':');
  try {
    const output = await run(path.join(folder, 'tests', 'engine_tests'), [`--gtest_filter=${filter}`], {
      env: looksLong,
    });
    return { passed: true, output };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { passed: false, output: error.output };
  }
}

/**
 * @template Result
 * @param {Guard} guard @param {() => Promise<Result>} work
 */
async function withoutGuard(guard, work) {
  const before = new Map(guard.removals.map(({ file }) => [file, readFileSync(path.join(copy, file), 'utf8')]));
  try {
    for (const { file, text, by } of guard.removals) {
      const target = path.join(copy, file);
      const source = readFileSync(target, 'utf8');
      if (source.split(text).length !== 2) throw new Error(`${guard.name}: ${file} has not once: ${text}`);
      writeFileSync(
        target,
        source.replace(text, () => by),
      );
    }
    await build(guard.runner);
    return await work();
  } finally {
    for (const [file, source] of before) writeFileSync(path.join(copy, file), source);
  }
}

const guards = [...webGuards, ...electronGuards, ...outputGuards, ...nativeGuards];
const wanted = process.argv.slice(2);
const chosen = guards.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let failures = 0;
try {
  await build('web');
  await build('electron');
  await run(projectNode(), [path.join(copy, 'scripts', 'bundles', 'build.mjs'), 'renderer'], { cwd: copy });
  for (const runner of /** @type {const} */ (['unit', 'native', 'web', 'electron'])) {
    const theirs = chosen.filter((guard) => guard.runner === runner);
    if (theirs.length === 0) continue;
    const files = [...new Set(theirs.map((guard) => guard.test))];
    const titles = [...new Set(theirs.map((guard) => guard.title))];
    const { passed, output } = await test(runner, files, titles);
    if (!passed) throw new Error(`Tests fail with every guard in place:\n${output}`);
  }
  for (const guard of chosen) {
    const { passed, output } = await withoutGuard(guard, () => test(guard.runner, [guard.test], [guard.title]));
    // A run in which no test was found ends badly, too.
    const seen = !passed && /\b\d+ failed\b/i.test(output);
    if (!seen) failures++;
    const told = seen ? 'seen failing' : 'NOT SEEN FAILING';
    process.stdout.write(`${told}  ${guard.name}  (${guard.runner}: ${guard.title})\n`);
    if (!seen && !passed) process.stdout.write(`${output}\n`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(
  `${chosen.length - failures} of ${chosen.length} guards were missed by their tests when they were gone\n`,
);
process.exitCode = failures > 0 ? 1 : 0;
