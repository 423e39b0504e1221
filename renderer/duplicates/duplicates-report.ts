/** How the records of a search for duplicates become rows: one for each group, and one for each copy in it. */
import { type DuplicatesRecord, duplicatesRecord } from '#shared/contract/kinds/duplicates.ts';
import type { RowInput } from '../report/record-table.ts';
import type { ReportKind } from '../report/report-model.ts';

/** The part of a record that stands for its group; copies are numbered from 1. */
const groupPart = 0;

export const duplicatesReport: ReportKind<'copy'> = {
  statuses: ['copy'],
  asTheyCame: true,
  reader() {
    // A large group has several records, one after the other.
    let last = 0;
    const rows = (record: unknown): RowInput[] => {
      const { group, copies } = record as Partial<DuplicatesRecord>;
      if (group === undefined || !Array.isArray(copies)) return [];
      const made: RowInput[] = group === last ? [] : [{ status: 0, name: '', part: groupPart }];
      last = group;
      for (const [at, { path }] of copies.entries()) made.push({ status: 0, name: String(path), part: at + 1 });
      return made;
    };
    return { rows };
  },
};

export interface DuplicateRow {
  readonly record: DuplicatesRecord;
  /** Null: the row is that of the group. */
  readonly copy: DuplicatesRecord['copies'][number] | null;
}

/** What a row is, for drawing it; null for a record in a form that is not known. */
export function rowOf(record: unknown, part: number): DuplicateRow | null {
  const parsed = duplicatesRecord.safeParse(record);
  if (!parsed.success) return null;
  return { record: parsed.data, copy: part === groupPart ? null : (parsed.data.copies[part - 1] ?? null) };
}

/** How many copies a group has, by what could be freed; of files without content as many as the record has. */
export function copiesOf({ size, reclaimable, copies }: DuplicatesRecord): number {
  return size === 0 ? copies.length : Math.round(reclaimable / size) + 1;
}
