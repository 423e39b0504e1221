/** Which rows are shown: part of a name or of a digest, whatever its case, and a group of statuses. */
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { keyOf } from '../again/again-store.ts';
import type { ResultTable, StatusGroup } from './result-table.ts';

export interface Filter {
  readonly text: string;
  /** `findings`: those whose last check by hashing again found something. */
  readonly group: StatusGroup | 'findings' | 'all';
  /** The keys (`keyOf`) of the results that `findings` shows. */
  readonly findings?: ReadonlySet<string>;
}

export const noFilter: Filter = { text: '', group: 'all' };

export type RowTest = (row: number) => boolean;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Each byte with A–Z made small. */
const small = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** The test for `filter`, or null when every row passes. */
export function rowTest(table: ResultTable, filter: Filter): RowTest | null {
  const { text, group } = filter;
  const named = text === '' ? null : textTest(table, text.toLowerCase());
  if (group === 'all') return named;
  const grouped = groupTest(table, group, filter.findings ?? new Set());
  return named === null ? grouped : (row) => grouped(row) && named(row);
}

function groupTest(table: ResultTable, group: StatusGroup | 'findings', findings: ReadonlySet<string>): RowTest {
  if (group === 'findings') return (row) => findings.has(keyOf(table, row));
  return (row) => table.group(row) === group;
}

/** As short as the shortest digest. Shorter text finds names only, which keeps typing a name fast. */
const minDigestText = 8;

function textTest(table: ResultTable, text: string): RowTest {
  const named = nameTest(table, text);
  const digest = text.trim();
  if (digest.length < minDigestText || !/^[0-9a-z]+$/.test(digest)) return named;
  const isHex = /^[0-9a-f]+$/.test(digest);
  return (row) => named(row) || hasDigest(table, row, digest, isHex);
}

function hasDigest(table: ResultTable, row: number, sought: string, isHex: boolean): boolean {
  const batch = table.batch(row);
  const record = table.record(row);
  return batch.algorithms.some((name) => {
    const { encoding } = algorithm(name);
    if (encoding === 'hex' && !isHex) return false;
    const digest = batch.digest(record, name);
    return digest !== null && digestText(digest, encoding).toLowerCase().includes(sought);
  });
}

function nameTest(table: ResultTable, text: string): RowTest {
  const sought = encoder.encode(text);
  // Beyond ASCII, case is a matter of characters, not of bytes.
  if (sought.length !== text.length) return (row) => decoder.decode(table.shownName(row)).toLowerCase().includes(text);
  const first = sought[0]!;
  return (row) => {
    const bytes = table.nameSource(row);
    const last = table.nameEnd(row) - sought.length;
    for (let start = table.nameStart(row); start <= last; start++) {
      if (small[bytes[start]!] !== first) continue;
      let length = 1;
      while (length < sought.length && small[bytes[start + length]!] === sought[length]) length++;
      if (length === sought.length) return true;
    }
    return false;
  };
}
