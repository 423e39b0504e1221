/** How the records of a comparison become rows. */

import type { CompareStatus } from '#shared/compare/comparison.ts';
import { type CompareRecord, compareRecord } from '#shared/contract/kinds/compare.ts';
import type { ReportKind } from '../report/report-model.ts';

/** What people have to look at first comes first. */
export const compareShown = [
  'changed',
  'left-only',
  'right-only',
  'moved',
  'unreadable',
  'not-comparable',
  'same',
] as const satisfies readonly CompareStatus[];

const numbers = new Map<string, number>(compareShown.map((status, number) => [status, number]));
export const sameNumber = compareShown.indexOf('same');

export const compareReport: ReportKind<CompareStatus> = {
  statuses: compareShown,
  plain: new Set([sameNumber]),
  reader: () => ({
    rows(record) {
      const { status, path } = record as Partial<CompareRecord>;
      const number = numbers.get(String(status));
      return number === undefined || path === undefined ? [] : [{ status: number, name: path }];
    },
  }),
};

/** The record of a row, for drawing it; null for one in a form that is not known. */
export function recordOf(record: unknown): CompareRecord | null {
  const parsed = compareRecord.safeParse(record);
  return parsed.success ? parsed.data : null;
}

/** How many files of a folder each side has, and how many are not the same, of the counts by status. */
export function sidesOf(counts: readonly number[]): { left: number; right: number; differing: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const count = (status: CompareStatus): number =>
    counts[compareShown.indexOf(status as (typeof compareShown)[number])]!;
  return {
    left: total - count('right-only'),
    right: total - count('left-only'),
    differing: total - count('same'),
  };
}
