/** Results as text for the terminal. */
import { table } from '#shared/text/table.ts';
import { medianText, timesOurs } from './figures.ts';
import type { SuiteResult } from './report.ts';
import { timesText, verdict } from './threshold.ts';

export function suiteText({ name, about, rows, failure }: SuiteResult): string {
  const cells = rows.flatMap((row) => [
    [row.what, `1 ${row.per}`, row.ours.name, medianText(row.ours, row.unit), ''],
    ...row.plain.map((variant) => {
      const times = timesOurs(row, variant);
      return ['', '', variant.name, medianText(variant, row.unit), times === null ? '' : timesText(times)];
    }),
  ]);
  const remarks = rows.flatMap(({ what, thresholds, note }) => [
    ...thresholds.map((one) => `  ${what}: ${one.text}: ${verdict(one)}\n`),
    ...(note === undefined ? [] : [`  ${what}: ${note}\n`]),
  ]);
  const figures = cells.length > 0 ? table([['WHAT', 'PER', 'VARIANT', 'MEDIAN', 'OF OURS'], ...cells]) : '';
  return `\n${name}: ${about}\n${figures}${remarks.join('')}${failure === null ? '' : `  FAILED: ${failure}\n`}`;
}
