/** What `npm run bench:js-native|bench:product -- --json` measured, as a section of docs/performance.md. */
import { medianText, timesOurs } from '../measuring/figures.ts';
import { machineText } from '../measuring/machine.ts';
import type { Measurements, SuiteResult } from '../measuring/report.ts';
import type { Row } from '../measuring/suite.ts';
import { timesText, verdict } from '../measuring/threshold.ts';
import { markdownTable } from './marked.ts';

export function measurementsSection({ machine, version, quick, rounds, suites }: Measurements): string {
  const counted = suites.flatMap(({ rows }) => rows.map(({ ours }) => ours.rounds.length));
  const [min, max] = [Math.min(rounds, ...counted), Math.max(rounds, ...counted)];
  const parts = [
    quick ? '**Quick work: nothing here is to be judged by.**' : '',
    `${machineText(machine)}; Hashlane ${version}; medians of ${min === max ? min : `${min} to ${max}`} rounds.`,
    thresholds(suites),
    ...suites.flatMap(suiteParts),
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => part.trim())
    .join('\n\n');
}

function thresholds(suites: readonly SuiteResult[]): string {
  const rows = suites.flatMap((suite) =>
    suite.rows.flatMap((row) => row.thresholds.map((one) => [row.what, one.text, verdict(one)])),
  );
  return rows.length > 0 ? markdownTable(['what', 'threshold', 'reached'], rows) : '';
}

function suiteParts({ name, about, rows, failure }: SuiteResult): string[] {
  const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}`]));
  return [
    `### ${name[0]!.toUpperCase()}${name.slice(1)}`,
    about,
    failure === null ? '' : '**Could not be run to its end.**',
    rows.length > 0 ? markdownTable(['what', 'per', 'ours', 'plain, and of ours'], rows.map(cells)) : '',
    notes.join('\n'),
  ];
}

function cells(row: Row): string[] {
  const plain = row.plain.map((variant) => {
    const times = timesOurs(row, variant);
    return `${variant.name} ${medianText(variant, row.unit)}${times === null ? '' : `, **${timesText(times)}**`}`;
  });
  return [row.what, row.per, `${row.ours.name} **${medianText(row.ours, row.unit)}**`, plain.join('<br>') || '–'];
}
