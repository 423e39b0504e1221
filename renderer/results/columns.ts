import { type AlgorithmName, algorithm, algorithmNames } from '#shared/tables/algorithms.ts';
import { digestTextLength } from '#shared/text/digest-text.ts';
import type { ColumnSpec, ShownColumn } from '../table/column-layout.ts';
import type { SortColumn } from './row-order.ts';

export type Column = ShownColumn<SortColumn>;

/** Width of one digit of the monospace face at 12 px, and the cell's padding, pixels. */
const digitWidth = 7.3;
const padding = 26;
/** Enough digits to tell two digests apart at a glance. */
const shortestDigest = 170;
const narrowestDigest = 104;

/** All of the lists together, in the order of the table of algorithms. */
export function allOf(...lists: readonly (readonly AlgorithmName[])[]): AlgorithmName[] {
  const together = new Set(lists.flat());
  return algorithmNames.filter((name) => together.has(name));
}

export function columnsFor(algorithms: readonly AlgorithmName[]): readonly ColumnSpec<SortColumn>[] {
  return [
    { key: 'name', narrowest: 220, widest: null },
    { key: 'size', narrowest: 84, widest: 84 },
    { key: 'status', narrowest: 126, widest: 126 },
    ...algorithms.map((name): ColumnSpec<SortColumn> => {
      const { digestLength, encoding } = algorithm(name);
      const whole = Math.ceil(digestTextLength(digestLength, encoding) * digitWidth) + padding;
      const widest = Math.max(whole, narrowestDigest);
      return { key: name, narrowest: Math.min(widest, shortestDigest), widest };
    }),
  ];
}

export function isDigestColumn(key: SortColumn): key is AlgorithmName {
  return key !== 'name' && key !== 'size' && key !== 'status';
}
