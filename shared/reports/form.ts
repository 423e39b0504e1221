/**
 * What a report of a job needs to know of the job's kind: how a record becomes a line. Reports are written from the
 * records of a journal, so that a job of the history gives the same report as one that has just ended.
 */
export type Cells = readonly (string | number | null)[];

export interface ReportForm {
  /** Of the file that is proposed, without an extension. */
  readonly name: string;
  /** Heading of the page. */
  readonly title: string;
  /** What the list of records is called in JSON. */
  readonly list: string;
  readonly columns: readonly string[];
  /** Lines of one record, in the order of `columns`; none for a record that is no entry. */
  lines(record: ReportRecord): readonly Cells[];
  /** What stands in JSON for a record; null for one that is no entry. */
  json(record: ReportRecord): unknown;
  /** Whether people have to look at it: a report for people leaves the others out. */
  isException(record: ReportRecord): boolean;
  /** One line for people. */
  text(record: ReportRecord): string;
  /** Members of the JSON document behind the list. */
  summary(end: ReportEnd): Readonly<Record<string, unknown>>;
  /** One sentence. */
  verdict(end: ReportEnd): string;
  /** What a person files with the report, beside date, host and program. */
  facts(end: ReportEnd): readonly (readonly [string, string])[];
}

/** A record as the journal has it; written by this program, but perhaps by another version of it. */
export type ReportRecord = Readonly<Record<string, unknown>>;

/** What came of the job. */
export interface ReportEnd {
  readonly outcome: { readonly verdict: string; readonly counts: Readonly<Record<string, number>> } | null;
  /** The record of the kind that sums up, where it has one. */
  readonly summary: ReportRecord | null;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A text or a number as a cell; everything else is empty. */
export function cell(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

export function counted(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nothing' : parts.map(([status, count]) => `${count} ${status}`).join(', ');
}

export const unfinished = 'NOT FINISHED: the job ended before everything was looked at.';
