/** Results as text for the terminal. */
import { table } from '#shared/text/table.ts';
import { timesText, verdict } from '../measuring/bar.ts';
import { barsOf, medianText, timesOurs } from './figures.ts';
import type { SuiteResult } from './results.ts';
import type { Row } from './suite.ts';

function lines(row: Row): string[][] {
  const { what, per, unit, ours, plain, note } = row;
  const bars = barsOf(row).map((bar) => [`  ${bar.text}: ${verdict(bar)}`]);
  return [
    [what, `1 ${per}`, ours.name, medianText(ours, unit), ''],
    ...plain.map((way) => {
      const times = timesOurs(row, way);
      return ['', '', way.name, medianText(way, unit), times === null ? '' : timesText(times)];
    }),
    ...bars,
    ...(note === undefined ? [] : [[`  ${note}`]]),
  ];
}

export function suiteText({ name, about, rows, failure }: SuiteResult): string {
  const head = ['WHAT', 'PER', 'WAY', 'MEDIAN', 'OF OURS'];
  // Bars and notes are longer than any column: they get lines of their own.
  const cells = rows.flatMap(lines);
  const aligned = table([head, ...cells.map((cell) => (cell.length === 1 ? [''] : cell))]).split('\n');
  const text = aligned.map((line, at) => (at > 0 && cells[at - 1]?.length === 1 ? cells[at - 1]![0] : line)).join('\n');
  return `\n${name}: ${about}\n${rows.length > 0 ? text : ''}${failure === null ? '' : `  FAILED: ${failure}\n`}`;
}
