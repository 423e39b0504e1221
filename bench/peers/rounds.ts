/** Runs the contenders of a suite in turn, round after round, and sums up what they took. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Corpus } from '../corpora/corpus.ts';
import { rotate } from '../measuring/rounds.ts';
import { median, ratio, spread } from '../measuring/statistics.ts';
import { Agreement } from './agreement.ts';
import { type Contender, ourName, type Setting } from './contenders.ts';
import { isInstalled, packageOf } from './programs.ts';
import type { ContenderResult } from './results.ts';
import type { Suite } from './suites/suite.ts';
import type { Measured } from './thresholds.ts';

const timedReport = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMemoryBytes: z.number(),
  status: z.number(),
});
const summary = z.object({ peakRssBytes: z.number() });

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
  readonly ownPeakMemoryBytes: number | null;
}

interface Entrant {
  readonly contender: Contender;
  readonly runs: Run[];
  /** Bytes that it printed in the warming round; every other round must print as many. */
  printed: number;
  failure: string | null;
}

/** Throws when Hashlane itself fails: then there is nothing to compare. `rounds` are the counted ones. */
export function runSuite(suite: Suite, rounds: number, setting: Setting, scratch: string): Measured {
  const corpus = suite.corpus();
  const all = suite.contenders(corpus, setting);
  const absent = all.filter(({ needs }) => needs !== null && !isInstalled(needs));
  const entrants = all
    .filter((contender) => !absent.includes(contender))
    .map((contender): Entrant => ({ contender, runs: [], printed: 0, failure: null }));
  const agreement = new Agreement();
  for (let round = 0; round <= rounds; round++) {
    for (const entrant of rotate(entrants, round)) {
      if (entrant.failure !== null) continue;
      try {
        const run = runOnce(entrant.contender, setting, scratch);
        const output = path.join(scratch, 'output');
        // The warming round is not counted: it fills the page cache and compares the digests.
        if (round === 0) warm(entrant, output, corpus, agreement);
        else entrant.runs.push(run);
        const { size } = statSync(output);
        if (size !== entrant.printed) throw new Error(`printed ${size} bytes instead of ${entrant.printed}`);
      } catch (error) {
        entrant.failure = error instanceof Error ? error.message : String(error);
        if (entrant.contender.name === ourName) throw new Error(`${suite.name}: ${ourName} ${entrant.failure}`);
      }
    }
  }
  const finished = entrants.filter(({ failure }) => failure === null);
  const ours = finished.find(({ contender }) => contender.name === ourName)!.runs;
  return {
    name: suite.name,
    work: suite.work,
    files: corpus.files,
    bytes: corpus.bytes,
    contenders: finished.map((entrant) => resultOf(entrant, ours)),
    missing: absent.map(({ needs }) => ({ program: needs!, package: packageOf(needs!) })),
    failed: entrants.flatMap(({ contender, failure }) =>
      failure === null ? [] : [{ name: contender.name, reason: failure }],
    ),
    compared: agreement.compared,
    disagreements: [...agreement.complaints],
    incomplete: [...agreement.incomplete],
  };
}

/** Throws when it did not do the work. Only peers may leave files out, which is reported. */
function warm(entrant: Entrant, output: string, corpus: Corpus, agreement: Agreement): void {
  const { name, parse } = entrant.contender;
  const text = readFileSync(output, 'latin1');
  entrant.printed = text.length;
  if (parse !== null) agreement.add(name, parse(text), corpus.files);
  else if (text !== `${corpus.files} files, ${corpus.bytes} bytes\n`) throw new Error(`read only ${text.trim()}`);
  if (agreement.incomplete.some((one) => one.name === ourName)) throw new Error('left files out');
}

function runOnce({ words, input, name }: Contender, setting: Setting, scratch: string): Run {
  const report = path.join(scratch, 'timed.json');
  const args = [report, input ?? '/dev/null', path.join(scratch, 'output'), ...words];
  const { status, stderr } = spawnSync(path.join(setting.tools, 'timed'), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`could not be run: ${stderr.trim()}`);
  const { status: ended, ...run } = timedReport.parse(JSON.parse(readFileSync(report, 'utf8')));
  if (ended !== 0) throw new Error(`ended with status ${ended}: ${stderr.trim().slice(-500)}`);
  const own = name === ourName ? summary.parse(JSON.parse(readFileSync(setting.summary, 'utf8'))).peakRssBytes : null;
  return { ...run, ownPeakMemoryBytes: own };
}

function resultOf({ contender, runs }: Entrant, ours: readonly Run[]): ContenderResult {
  const seconds = (of: readonly Run[]): number[] => of.map((run) => run.seconds);
  const isOurs = contender.name === ourName;
  return {
    name: contender.name,
    hashes: contender.parse !== null,
    command: [...contender.words],
    input: contender.input ?? null,
    seconds: { ...spread(seconds(runs)), rounds: seconds(runs) },
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    peakMemoryBytes: Math.max(...runs.map((run) => run.peakMemoryBytes)),
    ownPeakMemoryBytes: isOurs ? Math.max(...runs.map((run) => run.ownPeakMemoryBytes ?? 0)) : null,
    hashlaneIs: isOurs ? null : ratio(seconds(runs), seconds(ours)),
  };
}
