/**
 * The techniques of the boundary, each against its plain alternative: `npm run bench:boundary -- --help`. Ends with 0
 * whatever bars were missed, with 1 when a suite could not be run to its end, and with 2 for wrong usage.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { at } from '../../scripts/setup/places.mjs';
import { giveUp } from '../../scripts/setup/run.mjs';
import { ensureBuilt } from '../../scripts/setup/setup.mjs';
import { thisMachine } from '../measuring/machine.ts';
import { ensureBenchAddon } from './addon.ts';
import type { BoundaryReport, SuiteResult } from './results.ts';
import type { Row, Setting, Suite } from './suite.ts';
import { suites } from './suites/all.ts';
import { suiteText } from './terminal.ts';

const help = `npm run bench:boundary -- [option]… [SUITE…]

Runs the suites that are named, else all of them.
  --list         tell which suites there are
  --only NAME    the same as naming it; may be given several times
  --rounds N     counted rounds, 7 unless given; one more warms
  --quick        small work: to try the benchmarks out, never to judge by
  --json FILE    everything that was measured
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const rounds = Number(values.rounds);

function wanted(): readonly Suite[] {
  const names = [...values.only, ...positionals];
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  const problem =
    unknown.length > 0
      ? `No such suite: ${unknown.join(', ')}. --list tells which there are.`
      : !Number.isInteger(rounds) || rounds < 1
        ? 'Expected at least one round.'
        : null;
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    process.exit(2);
  }
  return names.length > 0 ? suites.filter(({ name }) => names.includes(name)) : suites;
}

/** In a process of its own, see run-suite.ts. */
function runSuite({ name, about }: Suite, setting: Setting): Promise<SuiteResult> {
  return new Promise((resolve) => {
    const child = fork(at('bench', 'boundary', 'run-suite.ts'), [name, JSON.stringify(setting)], {
      execArgv: ['--expose-gc'],
    });
    let result: { rows?: Row[]; failure?: string } = {};
    child.on('message', (message) => {
      result = message as typeof result;
    });
    child.on('exit', (status, signal) => {
      const { rows = [], failure } = result;
      const silent = result.rows === undefined ? `it ended with ${signal ?? status} and said nothing` : null;
      resolve({ name, about, rows, failure: failure ?? silent });
    });
  });
}

function versions(): BoundaryReport['versions'] {
  const require = createRequire(import.meta.url);
  const own = { node: process.versions.node, v8: process.versions.v8 };
  const packages = ['protobufjs', 'ws', 'zod'].map((name) => ({
    package: name,
    version: (require(`${name}/package.json`) as { version: string }).version,
  }));
  return [...Object.entries(own).map(([name, version]) => ({ package: name, version })), ...packages];
}

async function measure(chosen: readonly Suite[], scratch: string): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of chosen) {
    if (process.stderr.isTTY) process.stderr.write(`\r${suite.name} …\x1b[K`);
    const result = await runSuite(suite, { rounds, quick: values.quick, scratch });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    process.stdout.write(suiteText(result));
    results.push(result);
    // After each, so that an interrupted run is not lost.
    if (values.json) writeFileSync(values.json, `${JSON.stringify(describeRun(results), null, 2)}\n`);
  }
  return results;
}

function describeRun(results: SuiteResult[]): BoundaryReport {
  return {
    layout: 'hashlane-boundary/1',
    version: packageJson.version,
    quick: values.quick,
    rounds,
    machine: thisMachine(),
    versions: versions(),
    suites: results,
  };
}

if (values.help || values.list) {
  const lines = suites.map(({ name, about }) => `${name.padEnd(20)}${about}\n`);
  process.stdout.write(values.help ? help : lines.join(''));
} else {
  const chosen = wanted();
  await ensureBuilt();
  await ensureBenchAddon().catch(giveUp);
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'hashlane-boundary-'));
  try {
    const results = await measure(chosen, scratch);
    if (values.quick) process.stdout.write('\nQuick work: nothing here is to be judged by.\n');
    if (results.some(({ failure }) => failure !== null)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
