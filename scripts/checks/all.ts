/**
 * Runs the checks that are named, else all. Ends with one line, `N passed, N failed`, and with 1 when something failed.
 * `npm test` comes here once everything is built.
 */

import { CommandFailed, duration } from '../setup/run.mjs';
import { addonChecks } from './addon/addon.ts';
import { nativeTests } from './native-tests.ts';
import type { Outcome } from './outcome.ts';
import { commandOnOwnNode } from './own-node.ts';
import { contract, formatAndLint, layers, nativeFormat, types, unused } from './sources.ts';
import { electronSpecs, webSpecs } from './specs.ts';
import { unitTests } from './unit-tests.ts';

const checks: Record<string, { title: string; check: () => Promise<Outcome> }> = {
  lint: { title: 'Formatting and lint', check: formatAndLint },
  unused: { title: 'Nothing unused', check: unused },
  'native-format': { title: 'Formatting of C++', check: nativeFormat },
  types: { title: 'Types', check: types },
  contract: { title: 'Native contract is up to date', check: contract },
  layers: { title: 'Layers', check: layers },
  native: { title: 'Native tests', check: nativeTests },
  addon: { title: 'The addon as it was built', check: addonChecks },
  unit: { title: 'Unit tests', check: unitTests },
  'own-node': { title: "The command on this machine's Node", check: commandOnOwnNode },
  web: { title: 'Specs on the web host', check: webSpecs },
  electron: { title: 'Specs in Electron', check: electronSpecs },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  const list = Object.entries(checks).map(([name, { title }]) => `  ${name.padEnd(15)}${title}\n`);
  if (unknown.some((name) => name !== 'help')) process.stderr.write(`No such check: ${unknown.join(', ')}\n`);
  process.stdout.write(`npm test -- [CHECK…]\n\n${list.join('')}`);
  process.exit(unknown.every((name) => name === 'help') ? 0 : 2);
}

let passed = 0;
let failed = 0;
for (const [name, { title, check }] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${title} … `);
  const started = performance.now();
  const outcome = await check().catch((error) => ({
    kind: 'ran' as const,
    passed: 0,
    failed: 1,
    skipped: 0,
    output: error instanceof CommandFailed ? `${error.output}\n${error.message}` : String(error.stack),
  }));
  if (outcome.kind === 'skipped') {
    process.stdout.write(`skipped: ${outcome.reason}\n`);
    continue;
  }
  passed += outcome.passed;
  failed += outcome.failed;
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
  const took = duration(performance.now() - started);
  process.stdout.write(`${outcome.passed} passed, ${outcome.failed} failed${skipped} (${took})\n`);
  if (outcome.failed > 0) process.stdout.write(`${outcome.output.trimEnd()}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
