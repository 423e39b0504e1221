/** What `npm run bench:boundary -- --json` measured, as a section of docs/performance.md. */
import { barsOf, medianText, timesOurs } from '../boundary/figures.ts';
import type { BoundaryReport, SuiteResult } from '../boundary/results.ts';
import type { Row } from '../boundary/suite.ts';
import { timesText, verdict } from '../measuring/bar.ts';
import { machineText } from '../measuring/machine.ts';
import { markdownTable } from './marked.ts';

export function boundarySection({ machine, version, quick, rounds, versions, suites }: BoundaryReport): string {
  const counted = suites.flatMap(({ rows }) => rows.map(({ ours }) => ours.rounds.length));
  const [least, most] = [Math.min(rounds, ...counted), Math.max(rounds, ...counted)];
  const parts = [
    quick ? '**Quick work: nothing here is to be judged by.**' : '',
    `${machineText(machine)}; Hashlane ${version}; medians of ${least === most ? least : `${least} to ${most}`} rounds. ` +
      `${versions.map((one) => `${one.package} ${one.version}`).join(', ')}.`,
    '### What was to be reached',
    bars(suites),
    ...suites.flatMap(suiteParts),
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => part.trim())
    .join('\n\n');
}

function bars(suites: readonly SuiteResult[]): string {
  const rows = suites.flatMap((suite) =>
    suite.rows.flatMap((row) => barsOf(row).map((bar) => [row.what, bar.text, verdict(bar)])),
  );
  return rows.length > 0 ? markdownTable(['what', 'bar', 'reached'], rows) : 'No row with a bar was measured.';
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
  const plain = row.plain.map((way) => {
    const times = timesOurs(row, way);
    return `${way.name} ${medianText(way, row.unit)}${times === null ? '' : `, **${timesText(times)}**`}`;
  });
  return [row.what, row.per, `${row.ours.name} **${medianText(row.ours, row.unit)}**`, plain.join('<br>') || '–'];
}
