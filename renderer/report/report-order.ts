/** Orders and filters of a report: problems first, by name either way; part of a name, whatever its case, or a status. */
import type { RowOrder } from '../results/row-order.ts';
import type { RecordTable } from './record-table.ts';
import type { RowTest } from './row-source.ts';

/** `folders`: below their folders, which have rows of their own. */
export type ReportSort = 'status' | 'name' | 'name-descending' | 'folders';

export interface ReportFilter {
  readonly text: string;
  /** Position in the statuses of the kind; null: all. */
  readonly status: number | null;
}

export const noFilter: ReportFilter = { text: '', status: null };

/** Six bytes fit exactly into the 53 bits of a number. */
const bytesAKey = 6;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Each byte with A–Z made small. */
const small = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** Up to six bytes of a name as one number, whatever the case of its letters. */
function nameKey(names: Uint8Array, at: number, end: number): number {
  let key = 0;
  for (let next = 0; next < bytesAKey; next++) key = key * 256 + (at + next < end ? small[names[at + next]!]! : 0);
  return key;
}

/** `asTheyCame`: rows of one status keep the order of their records instead of that of their names. */
export function reportOrder(table: RecordTable, sort: ReportSort, asTheyCame = false): RowOrder {
  const sign = sort === 'name-descending' ? -1 : 1;
  const byName: RowOrder = {
    key: (row, depth) => sign * nameKey(table.names, table.nameStart(row) + depth * bytesAKey, table.nameEnd(row)),
    goesOn: (row, depth) => table.nameStart(row) + (depth + 1) * bytesAKey < table.nameEnd(row),
  };
  if (sort !== 'status') return byName;
  return {
    key: (row, depth) => (depth === 0 ? table.status(row) : byName.key(row, depth - 1)),
    goesOn: (row, depth) => !asTheyCame && (depth === 0 || byName.goesOn(row, depth - 1)),
  };
}

/** The test for `filter`, or null when every row passes. */
export function reportTest(table: RecordTable, { text, status }: ReportFilter): RowTest | null {
  const named = text === '' ? null : nameTest(table, text.toLowerCase());
  if (status === null) return named;
  return (row) => table.status(row) === status && (named === null || named(row));
}

function nameTest(table: RecordTable, text: string): RowTest {
  const sought = encoder.encode(text);
  if (sought.length !== text.length) {
    // Beyond ASCII, case is a matter of characters, not of bytes.
    return (row) =>
      decoder
        .decode(table.names.subarray(table.nameStart(row), table.nameEnd(row)))
        .toLowerCase()
        .includes(text);
  }
  return (row) => {
    const { names } = table;
    const last = table.nameEnd(row) - sought.length;
    for (let start = table.nameStart(row); start <= last; start++) {
      let length = 0;
      while (length < sought.length && small[names[start + length]!] === sought[length]) length++;
      if (length === sought.length) return true;
    }
    return false;
  };
}
