/** The report of a check of a guarded folder. */
import { cell, type ReportForm, type ReportRecord, text, unfinished } from './form.ts';

const isEntry = (record: ReportRecord): boolean => record.type === 'entry';

interface Copy {
  readonly path?: string;
  readonly checked?: string;
}

function detailOf(record: ReportRecord): string {
  const error = record.error as { readonly code?: string; readonly message?: string } | undefined;
  const copy = record.copy as Copy | undefined;
  return [
    record.foundAt === undefined ? '' : `now at ${text(record.foundAt)}`,
    error === undefined ? '' : `${error.message} (${error.code})`,
    record.state === 'older' ? 'other content with an older time: restored from a backup?' : '',
    copy === undefined
      ? ''
      : `an identical copy of what is on record, checked on ${text(copy.checked).slice(0, 10)}, is at ${text(copy.path)}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

export const guardReport: ReportForm = {
  name: 'fixity-report',
  title: 'Fixity report',
  list: 'entries',
  columns: ['path', 'state', 'expected', 'actual', 'size', 'detail', 'pathBase64'],
  lines(record) {
    if (!isEntry(record)) return [];
    const { path, state, expected, actual, size, pathBase64 } = record;
    return [[...[path, state, expected, actual, size].map(cell), detailOf(record), cell(pathBase64)]];
  },
  json(record) {
    if (!isEntry(record)) return null;
    const { type: _type, ...row } = record;
    return row;
  },
  isException: isEntry,
  text(record) {
    const detail = detailOf(record);
    return `${text(record.state).padEnd(12)}${text(record.path)}${detail === '' ? '' : `: ${detail}`}`;
  },
  summary: ({ outcome, summary }) => ({
    root: text(summary?.root),
    algorithm: text(summary?.algorithm),
    summary: {
      verdict: outcome?.verdict ?? 'unfinished',
      ...outcome?.counts,
      readFiles: cell(summary?.readFiles),
      readBytes: cell(summary?.readBytes),
      elapsedMs: cell(summary?.elapsedMs),
    },
    coverage: text(summary?.coverage),
  }),
  verdict: ({ summary }) => (typeof summary?.sentence === 'string' ? summary.sentence : unfinished),
  facts: ({ outcome, summary }) => [
    ['Folder', text(summary?.root)],
    ['Algorithm', text(summary?.algorithm)],
    ['Files read', String(summary?.readFiles ?? '')],
    ['Coverage', text(summary?.coverage)],
    ...Object.entries(outcome?.counts ?? {}).map(([state, count]): [string, string] => [state, String(count)]),
  ],
};
