/**
 * Peers and Hashlane in turn on the same files: `npm run bench -- --help`. Ends with 1 when digests
 * differ, with 2 for wrong usage, and with 0 otherwise, whatever thresholds were missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { fromRoot } from '../../scripts/setup/paths.mjs';
import { giveUp, run, step } from '../../scripts/setup/run.mjs';
import { ensureBuilt } from '../../scripts/setup/setup.mjs';
import { thisMachine } from '../measuring/machine.ts';
import type { Setting } from './contenders.ts';
import { packageVersions } from './programs.ts';
import type { Report, SuiteResult } from './results.ts';
import { runSuite } from './rounds.ts';
import { chosen, suites } from './suites/all.ts';
import { fullSizes, quickSizes, type Suite } from './suites/suite.ts';
import { suiteText } from './terminal.ts';
import type { Measured } from './thresholds.ts';

const help = `npm run bench -- [option]… [SUITE…]

Runs suites, by group ("large") or name ("large/md5"); all but the opt-in ones unless some are named.
  --list         list the suites
  --only NAME    the same as naming it; may be given several times
  --rounds N     counted rounds, default 5; one more warms the cache and compares the digests
  --quick        small corpora: to try the benchmarks out, never to judge by
  --million      also a million files of 1 KiB; they take 4 GB of disk and minutes to make
  --json FILE    everything that was measured, with the commands
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const rounds = Number(values.rounds);
const all = suites(values.quick ? quickSizes : fullSizes);

function wanted(): Suite[] {
  try {
    if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('Expected at least one round.');
    return chosen(all, [...values.only, ...positionals], values.million);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

/** Builds what is missing or stale, the programs that only the benchmarks need among it. */
async function prepare(scratch: string): Promise<Setting> {
  await ensureBuilt();
  const tools = fromRoot('build', 'bench-tools');
  await step("Building the benchmarks' programs", async () => {
    await run('cmake', ['-S', fromRoot('bench', 'native'), '-B', tools, '-G', 'Ninja']);
    await run('cmake', ['--build', tools]);
  }).catch(giveUp);
  return {
    hashlane: [process.execPath, fromRoot('dist', 'cli', 'hashlane.js')],
    tools,
    summary: path.join(scratch, 'summary.json'),
  };
}

function measure(chosenSuites: readonly Suite[], setting: Setting, scratch: string): SuiteResult[] {
  const results: SuiteResult[] = [];
  for (const suite of chosenSuites) {
    // Making a corpus and running the rounds may take minutes.
    if (process.stderr.isTTY) process.stderr.write(`\r${suite.name} …\x1b[K`);
    const measured: Measured = runSuite(suite, rounds, setting, scratch);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    const result = { ...measured, thresholds: suite.thresholds.map((threshold) => threshold(measured, results)) };
    process.stdout.write(suiteText(result));
    results.push(result);
    // After each, so that an interrupted run is not lost.
    if (values.json) writeFileSync(values.json, `${JSON.stringify(describeRun(results), null, 2)}\n`);
  }
  return results;
}

function describeRun(results: SuiteResult[]): Report {
  return {
    layout: 'hashlane-bench/1',
    version: packageJson.version,
    quick: values.quick,
    rounds,
    machine: thisMachine(),
    programs: packageVersions(),
    suites: results,
  };
}

if (values.help || values.list) {
  const lines = all.map(({ name, work, optIn }) => `${name.padEnd(18)}${work}${optIn ? ' (--million)' : ''}\n`);
  process.stdout.write(values.help ? help : lines.join(''));
} else {
  const toRun = wanted();
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-bench-run-'));
  try {
    const results = measure(toRun, await prepare(scratch), scratch);
    if (values.quick) process.stdout.write('\nQuick corpora: nothing here is to be judged by.\n');
    if (results.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
