/** Results as a test wants them. */

import type { ContenderResult, Report } from '../peers/results.ts';
import type { Measured } from '../peers/thresholds.ts';

export function contender(name: string, seconds: number, more: Partial<ContenderResult> = {}): ContenderResult {
  return {
    name,
    hashes: true,
    command: [name, '/somewhere/on/this/machine'],
    input: null,
    seconds: { median: seconds, min: seconds * 0.9, max: seconds * 1.1, rounds: [seconds] },
    cpuSeconds: seconds,
    peakMemoryBytes: 50e6,
    ownPeakMemoryBytes: null,
    hashlaneIs: name === 'hashlane' ? null : seconds,
    ...more,
  };
}

/** Hashlane takes one second; so the others' seconds are how many times faster it is. */
export function suite(name: string, contenders: readonly ContenderResult[], more: Partial<Measured> = {}): Measured {
  return {
    name,
    work: 'some work',
    files: 1,
    bytes: 2e9,
    contenders: [contender('hashlane', 1), ...contenders],
    missing: [],
    failed: [],
    compared: 3,
    disagreements: [],
    incomplete: [],
    ...more,
  };
}

export function report(suites: Report['suites'], more: Partial<Report> = {}): Report {
  return {
    layout: 'hashlane-bench/1',
    version: '1.2.3',
    quick: false,
    rounds: 5,
    machine: { processor: 'A processor', cores: 2, memoryBytes: 8e9, system: 'Linux 6.1 x64', runtime: 'Node 24' },
    programs: [
      { package: 'rhash', version: '1.4.3' },
      { package: 'tthsum', version: null },
    ],
    suites,
    ...more,
  };
}
