/** Which rows are shown: by name, pattern, digest and status as they are typed, and by a group of statuses. */
import { algorithm } from '#shared/tables/algorithms.ts';
import { statuses } from '#shared/tables/statuses.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { keyOf } from '../again/again-store.ts';
import { FoldedText, foldedText, includesAscii } from '../table/folded-text.ts';
import { includesNibbles, nibblesOf } from '../table/nibbles.ts';
import { isEmptyQuery, parseQuery, type Query } from '../table/query.ts';
import type { ResultTable, StatusGroup } from './result-table.ts';
import type { Selection } from './selection.ts';

export interface Filter {
  readonly text: string;
  /** `findings`: those whose last check by hashing again found something. */
  readonly group: StatusGroup | 'findings' | 'all';
  /** The keys (`keyOf`) of the results that `findings` shows. */
  readonly findings?: ReadonlySet<string>;
  /** Rows that were taken out of the table. */
  readonly removed?: Selection;
}

export const noFilter: Filter = { text: '', group: 'all' };

export type RowTest = (row: number) => boolean;

/** In two steps, for rows are counted by group before one group is chosen; null: every row passes. */
export interface RowTests {
  readonly typed: RowTest | null;
  readonly group: RowTest | null;
}

export function rowTests(table: ResultTable, filter: Filter): RowTests {
  const { removed } = filter;
  const query = parseQuery(filter.text);
  const tests: RowTest[] = [];
  if (removed !== undefined && removed.count > 0) tests.push((row) => !removed.has(row));
  if (!isEmptyQuery(query)) tests.push(...queryTests(table, query, filter.findings ?? new Set()));
  const [first, ...more] = tests;
  const typed =
    first === undefined ? null : more.length === 0 ? first : (row: number) => tests.every((one) => one(row));
  return { typed, group: groupTest(table, filter) };
}

function groupTest(table: ResultTable, { group, findings = new Set() }: Filter): RowTest | null {
  if (group === 'all') return null;
  if (group === 'findings') return (row) => findings.has(keyOf(table, row));
  return (row) => table.group(row) === group;
}

function queryTests(table: ResultTable, query: Query, findings: ReadonlySet<string>): RowTest[] {
  const tests: RowTest[] = [];
  if (query.statuses.length > 0) tests.push(statusTest(table, query.statuses, findings));
  if (query.text !== '') tests.push(textTest(table, query));
  return tests;
}

/** Statuses and their groups, by their names or the beginnings of these. */
function statusTest(table: ResultTable, words: readonly string[], findings: ReadonlySet<string>): RowTest {
  const isNamed = (name: string): boolean => words.some((word) => name.startsWith(word));
  const wanted = statuses.map((status) => isNamed(status) || (status === 'ok' && isNamed('hashed')));
  const wantsFailed = isNamed('failed');
  const wantsFindings = isNamed('differs');
  return (row) =>
    wanted[table.statusNumber(row)]! ||
    (wantsFailed && table.group(row) === 'failed') ||
    (wantsFindings && findings.has(keyOf(table, row)));
}

function textTest(table: ResultTable, query: Query): RowTest {
  const named = nameTest(table, query);
  if (query.digest === null) return named;
  const digested = digestTest(table, query.digest);
  return (row) => named(row) || digested(row);
}

function nameTest(table: ResultTable, query: Query): RowTest {
  const folded = new FoldedText();
  const sought = foldedText(query.text);
  if (!query.isPattern && sought.every((point) => point < 0x80)) {
    return (row) => includesAscii(table.nameSource(row), table.nameStart(row), table.nameEnd(row), sought);
  }
  // A pattern with a separator is about the path, as it is everywhere else.
  const start = (row: number): number =>
    query.isPattern && !query.text.includes('/') ? table.leafStart(row) : table.nameStart(row);
  return (row) => {
    folded.read(table.nameSource(row), start(row), table.nameEnd(row));
    return query.isPattern ? folded.fits(sought) : folded.includes(sought);
  };
}

function digestTest(table: ResultTable, sought: string): RowTest {
  const nibbles = /^[0-9a-f]+$/.test(sought) ? nibblesOf(sought) : null;
  return (row) => {
    const batch = table.batch(row);
    const record = table.record(row);
    return batch.algorithms.some((name) => {
      const start = batch.digestStart(record, name);
      if (start < 0) return false;
      const { encoding, digestLength } = algorithm(name);
      const end = start + digestLength;
      if (encoding === 'hex') return nibbles !== null && includesNibbles(batch.bytes, start, end, nibbles);
      return digestText(batch.bytes.subarray(start, end), encoding).toLowerCase().includes(sought);
    });
  };
}
