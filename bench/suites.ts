/**
 * Suites of a group, each in a process of its own: `npm run bench:js-native`, `npm run bench:product`, `-- --help`. Ends
 * with 0 whatever thresholds were missed, with 1 when a suite could not be run to its end, with 2 for wrong usage.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { fromRoot } from '../scripts/setup/paths.mjs';
import { giveUp } from '../scripts/setup/run.mjs';
import { ensureBuilt } from '../scripts/setup/setup.mjs';
import { suitesOf } from './groups.ts';
import { ensureBenchAddon } from './js-native/addon.ts';
import { thisMachine } from './measuring/machine.ts';
import type { Measurements, SuiteResult } from './measuring/report.ts';
import type { Row, Setting, Suite } from './measuring/suite.ts';
import { suiteText } from './measuring/terminal.ts';

const help = `npm run bench:js-native|bench:product -- [option]… [SUITE…]

Runs the suites that are named, else all that run unasked.
  --list         list the suites
  --rounds N     counted rounds, default 7; one more warms
  --quick        small work: to try the benchmarks out, never to judge by
  --json FILE    everything that was measured
`;

const [group, ...args] = process.argv.slice(2) as [Measurements['group'], ...string[]];
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const rounds = Number(values.rounds);
const suites = await suitesOf(group);

function wanted(): readonly Suite[] {
  const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    const what = unknown.length > 0 ? `No such suite: ${unknown.join(', ')}.` : 'Expected at least one round.';
    process.stderr.write(`${what}\n${help}`);
    process.exit(2);
  }
  return suites.filter(({ name, byName }) => (positionals.length > 0 ? positionals.includes(name) : !byName));
}

function runSuite({ name, about }: Suite, setting: Setting): Promise<SuiteResult> {
  return new Promise((resolve) => {
    const child = fork(fromRoot('bench', 'run-suite.ts'), [group, name, JSON.stringify(setting)], {
      execArgv: ['--expose-gc'],
    });
    let result: { rows?: Row[]; failure?: string } = {};
    child.on('message', (message) => {
      result = message as typeof result;
    });
    child.on('exit', (status, signal) => {
      const silent = result.rows === undefined ? `it ended with ${signal ?? status} and said nothing` : null;
      resolve({ name, about, rows: result.rows ?? [], failure: result.failure ?? silent });
    });
  });
}

if (values.help || values.list) {
  const lines = suites.map(({ name, about, byName }) => `${name.padEnd(14)}${about}${byName ? ' (by name)' : ''}\n`);
  process.stdout.write(values.help ? help : lines.join(''));
} else {
  const chosen = wanted();
  await ensureBuilt();
  if (group === 'js-native') await ensureBenchAddon().catch(giveUp);
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-bench-'));
  const report: Measurements = {
    layout: 'hashlane-measurements/1',
    group,
    version: packageJson.version,
    quick: values.quick,
    rounds,
    machine: thisMachine(),
    suites: [],
  };
  try {
    for (const suite of chosen) {
      const result = await runSuite(suite, { rounds, quick: values.quick, scratch });
      process.stdout.write(suiteText(result));
      report.suites.push(result);
      // After each, so that an interrupted run is not lost.
      if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    if (values.quick) process.stdout.write('\nQuick work: nothing here is to be judged by.\n');
    if (report.suites.some(({ failure }) => failure !== null)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
