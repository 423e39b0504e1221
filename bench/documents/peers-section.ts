/** What `npm run bench -- --json` measured, as a section of docs/performance.md. */
import { formatRate, formatSize } from '#shared/text/quantities.ts';
import { machineText } from '../measuring/machine.ts';
import { timesText, verdict } from '../measuring/threshold.ts';
import { ourName } from '../peers/contenders.ts';
import type { ContenderResult, Report, SuiteResult } from '../peers/results.ts';
import { secondsText } from '../peers/terminal.ts';
import { markdownTable } from './marked.ts';

const oursOf = (suite: SuiteResult): ContenderResult => suite.contenders.find(({ name }) => name === ourName)!;

const peersOf = (suite: SuiteResult): ContenderResult[] =>
  suite.contenders.filter(({ name, hashes }) => hashes && name !== ourName);

export function peersSection(report: Report): string {
  const { machine, rounds, quick, suites } = report;
  const programs = report.programs.flatMap((one) => (one.version === null ? [] : [`${one.package} ${one.version}`]));
  return [
    quick ? '**Quick corpora: nothing here is to be judged by.**' : '',
    `${machineText(machine)}; Hashlane ${report.version}; ${rounds} rounds. Peers: ${programs.join(', ')}.`,
    '### Thresholds',
    thresholds(suites),
    '### Where Hashlane loses',
    losses(suites),
    '### Times',
    times(suites),
  ]
    .filter((part) => part !== '')
    .map((part) => part.trim())
    .join('\n\n');
}

function thresholds(suites: readonly SuiteResult[]): string {
  const rows = suites.flatMap(({ name, thresholds }) =>
    thresholds.map((threshold) => [name, threshold.text, verdict(threshold)]),
  );
  return rows.length > 0
    ? markdownTable(['suite', 'threshold', 'reached'], rows)
    : 'No suite with a threshold was run.';
}

function losses(suites: readonly SuiteResult[]): string {
  const lines = suites.flatMap((suite) =>
    peersOf(suite)
      .filter(({ hashlaneIs }) => hashlaneIs !== null && hashlaneIs < 1)
      .map(({ name, hashlaneIs }) => `- ${suite.name}: ${timesText(hashlaneIs!)} of the speed of ${name}`),
  );
  return lines.length > 0 ? lines.join('\n') : 'In no suite that was run.';
}

function times(suites: readonly SuiteResult[]): string {
  const rows = suites.map((suite) => {
    const { seconds, peakMemoryBytes } = oursOf(suite);
    const baselines = suite.contenders.filter(({ hashes }) => !hashes);
    const left = new Map(suite.incomplete.map(({ name, files }) => [name, files]));
    const peers = peersOf(suite).map(({ name, seconds: theirs, hashlaneIs }) => {
      const lacks = left.has(name) ? `, hashed only ${left.get(name)} of ${suite.files} files` : '';
      return `${name} ${secondsText(theirs.median)}, **${timesText(hashlaneIs!)}**${lacks}`;
    });
    return [
      `${suite.name}<br>${suite.work}`,
      `**${secondsText(seconds.median)}** (${secondsText(seconds.min)} to ${secondsText(seconds.max)})`,
      formatRate(suite.bytes / seconds.median),
      formatSize(peakMemoryBytes),
      peers.join('<br>') || '–',
      baselines.map((baseline) => `${baseline.name}: ${secondsText(baseline.seconds.median)}`).join('<br>'),
    ];
  });
  return markdownTable(
    ['work', 'Hashlane', 'speed', 'memory', 'peers, and how many times faster Hashlane is', 'reading alone'],
    rows,
  );
}
