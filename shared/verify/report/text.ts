/** For people: what is not ok, the counts, the failures once more, and the verdict as the last line. */
import { algorithm } from '../../tables/algorithms.ts';
import { type Paint, plain } from '../../text/paint.ts';
import { makeVisible } from '../../text/visible.ts';
import { type EntryStatus, fails, type UnlistedPolicy } from '../statuses.ts';
import { countsText, verdictText } from '../summary.ts';
import { type ReportUpdates, type Row, rowsOf, type VerifyReport } from './rows.ts';
import { signatureSentences } from './signature.ts';

export interface TextOptions {
  /** Also entries that are ok. */
  readonly verbose: boolean;
  /** Nothing when all is well; otherwise the failures and the verdict. */
  readonly quiet: boolean;
  readonly unlisted: UnlistedPolicy;
  /** Default: no colours. */
  readonly paint?: Paint;
}

/** Failures that are repeated; of more the number is given. */
const maxRepeated = 1_000;
const statusColumns = 15;

const malformedWords: Readonly<Record<string, string>> = {
  'no-digest': 'no digest',
  'no-name': 'no name',
  'unknown-algorithm': 'an algorithm that is not known here',
  'digest-length': 'a digest of a wrong length',
  'bad-escape': 'an escape that means nothing',
  'bad-size': 'a size that is no number',
  'not-in-dialect': 'not in the form of the other lines',
  'too-long': 'longer than any line',
  truncated: 'the manifest ends within it',
};

/** Pieces of text; a line ends where a piece ends. */
export function* reportText(report: VerifyReport, options: TextOptions): Generator<string, void> {
  const { summary } = report;
  const { paint = plain } = options;
  const isFailure = (status: EntryStatus): boolean => fails(status, options.unlisted);
  const rowText = (row: Row): string => {
    const tone = row.status === 'ok' ? 'good' : isFailure(row.status) ? 'bad' : 'warning';
    return paint(tone, row.status.padEnd(statusColumns)) + restText(row);
  };
  const verdict = `${paint(summary.verdict === 'ok' ? 'good' : 'bad', makeVisible(verdictText(summary)))}\n`;
  if (options.quiet) {
    if (summary.verdict === 'ok') return;
    for (const row of rowsOf(report, isFailure)) yield rowText(row);
    yield verdict;
    return;
  }
  let shown = 0;
  for (const row of rowsOf(report, (status) => options.verbose || status !== 'ok')) {
    shown++;
    yield rowText(row);
  }
  if (shown > 0) yield '\n';
  for (const { manifests } of report.parts) {
    for (const { shown: name, recognised } of manifests) yield `${makeVisible(`${name}: ${recognised.explanation}`)}\n`;
  }
  for (const sentence of signatureSentences(report)) yield `${makeVisible(sentence)}\n`;
  yield `Summary: ${countsText(summary.counts)}\n`;
  const failures: string[] = [];
  let count = 0;
  for (const row of rowsOf(report, isFailure)) if (count++ < maxRepeated) failures.push(rowText(row));
  if (count > 0) {
    yield 'Failures:\n';
    yield* failures;
    if (count > maxRepeated) yield `and ${count - maxRepeated} more, listed above\n`;
  }
  if (report.updated !== undefined) yield updatesText(report.updated);
  yield verdict;
}

function updatesText({ added, dropped, renamed, accepted }: ReportUpdates): string {
  return `The manifest was updated: ${added} added, ${dropped} dropped, ${renamed} renamed, ${accepted} accepted.\n`;
}

/** What stands behind the status. */
function restText(row: Row): string {
  const name = row.path ?? `line ${row.line}`;
  const detail = detailOf(row);
  const manifest = row.path === null && row.manifest !== null ? `${makeVisible(row.manifest)}, ` : '';
  return `${manifest}${makeVisible(name)}${detail === '' ? '' : `: ${makeVisible(detail)}`}\n`;
}

function detailOf(row: Row): string {
  const parts: string[] = [];
  if (row.status === 'changed' && row.algorithm !== null && row.actual !== null) {
    parts.push(`${algorithm(row.algorithm).label} is ${row.actual}, not ${row.expected}`);
  }
  if (row.foundAt !== undefined) parts.push(`found at ${row.foundAt}`);
  if (row.existsAt !== undefined) parts.push(`the same content is at ${row.existsAt}`);
  if (row.error !== undefined) parts.push(`${row.error.message} (${row.error.code})`);
  if (row.reason !== undefined) parts.push(malformedWords[row.reason] ?? row.reason);
  if (row.note !== undefined) parts.push(row.note);
  return parts.join('; ');
}
