/** Sums over a row's rounds, and how they are written. */
import { formatSize } from '#shared/text/quantities.ts';
import { type BarResult, judge, timesText } from '../measuring/bar.ts';
import { median, ratio } from '../measuring/statistics.ts';
import type { Row, Unit, Way } from './suite.ts';

/** How many times as much `plain` takes as ours: the median of the ratios within each round; null beside a zero. */
export function timesOurs({ ours }: Pick<Row, 'ours'>, plain: Way): number | null {
  return ours.rounds.includes(0) ? null : ratio(plain.rounds, ours.rounds);
}

/** Three significant figures with the unit: `4.21 ns`, `1,240 ns`, `64.0 kB`. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'bytes') return formatSize(value);
  if (unit === 'times') return timesText(value);
  const decimals = value < 0.0995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(decimals).replace(/\B(?=(\d{3})+$)/g, decimals === 0 ? ',' : '')} ${unit}`;
}

export const medianText = ({ rounds }: Way, unit: Unit): string => valueText(median(rounds), unit);

export const barsOf = ({ bar }: Pick<Row, 'bar'>): readonly BarResult[] =>
  bar === undefined ? [] : Array.isArray(bar) ? bar : [bar];

/** The bar that the named alternative (else the first) takes at least `times` as much as ours. */
export function atLeast(times: number, row: Pick<Row, 'ours' | 'plain'>, name?: string): BarResult {
  const plain = name === undefined ? row.plain[0] : row.plain.find((way) => way.name === name);
  const text = `at least × ${times} against ${plain?.name ?? name}`;
  return judge(text, plain ? timesOurs(row, plain) : null, (reached) => reached >= times);
}
