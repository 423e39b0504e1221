/** Sums over a row's rounds, and how they are written. */
import { formatSize } from '#shared/text/quantities.ts';
import { median, ratio } from './statistics.ts';
import type { RowInput, Unit, Variant } from './suite.ts';
import { judge, type Threshold } from './threshold.ts';

/** How many times as much `plain` takes as ours: the median of the ratios within each round; null beside a zero. */
export function timesOurs({ ours }: Pick<RowInput, 'ours'>, plain: Variant): number | null {
  return ours.rounds.includes(0) ? null : ratio(plain.rounds, ours.rounds);
}

/** Three significant figures with the unit: `4.21 ns`, `1,240 ns`, `64.0 kB`. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'bytes') return formatSize(value);
  const decimals = value < 0.0995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals).replace(/\B(?=(\d{3})+$)/g, decimals === 0 ? ',' : '')} ${unit}`;
}

export const medianText = ({ rounds }: Variant, unit: Unit): string => valueText(median(rounds), unit);

/** The threshold that the named alternative takes at least `times` as much as ours. */
export function atLeast(times: number, row: Pick<RowInput, 'ours' | 'plain'>, name: string): Threshold {
  const plain = row.plain.find((variant) => variant.name === name);
  return judge(
    `at least × ${times} against ${name}`,
    plain ? timesOurs(row, plain) : null,
    (reached) => reached >= times,
  );
}
