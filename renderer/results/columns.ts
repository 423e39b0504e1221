import { type AlgorithmName, algorithm, algorithmNames } from '#shared/tables/algorithms.ts';
import { digestTextLength } from '#shared/text/digest-text.ts';
import type { SortColumn } from './row-order.ts';

export interface Column {
  readonly key: SortColumn;
  /** Narrowest and widest, pixels; the one without a widest takes what the others leave. */
  readonly narrowest: number;
  readonly widest: number | null;
}

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

export function columnsFor(algorithms: readonly AlgorithmName[]): readonly Column[] {
  return [
    { key: 'name', narrowest: 220, widest: null },
    { key: 'size', narrowest: 84, widest: 84 },
    { key: 'status', narrowest: 126, widest: 126 },
    ...algorithms.map((name): Column => {
      const { digestLength, encoding } = algorithm(name);
      const whole = Math.ceil(digestTextLength(digestLength, encoding) * digitWidth) + padding;
      const widest = Math.max(whole, narrowestDigest);
      return { key: name, narrowest: Math.min(widest, shortestDigest), widest };
    }),
  ];
}

/** The columns as CSS grid tracks: the name has a third; digests grow to their whole length before it takes more. */
export function gridTemplate(columns: readonly Column[]): string {
  return columns
    .map(({ narrowest, widest }) =>
      widest === null ? `minmax(max(${narrowest}px, 32%), 1fr)` : `minmax(${narrowest}px, ${widest}px)`,
    )
    .join(' ');
}

export function narrowestWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.narrowest, 0);
}
