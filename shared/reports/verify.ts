/** The report of a verification. */
import { cell, type ReportEnd, type ReportForm, type ReportRecord, text, unfinished } from './form.ts';

const isEntry = (record: ReportRecord): boolean => record.type === 'entry';

interface ErrorPart {
  readonly code?: string;
  readonly message?: string;
}

function detailOf(record: ReportRecord): string {
  const error = record.error as ErrorPart | undefined;
  return [
    record.foundAt === undefined ? '' : `found at ${text(record.foundAt)}`,
    record.existsAt === undefined ? '' : `the same content is at ${text(record.existsAt)}`,
    error === undefined ? '' : `${error.message} (${error.code})`,
    text(record.reason),
    text(record.note),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

const nameOf = (record: ReportRecord): string =>
  typeof record.path === 'string' ? record.path : `line ${String(record.line)}: ${text(record.text)}`;

function manifestsOf({ summary }: ReportEnd): readonly ReportRecord[] {
  return Array.isArray(summary?.manifests) ? (summary.manifests as ReportRecord[]) : [];
}

export const verifyReport: ReportForm = {
  name: 'fixity-report',
  title: 'Fixity report',
  list: 'entries',
  columns: ['path', 'status', 'algorithm', 'expected', 'actual', 'manifest', 'line', 'detail', 'pathBase64'],
  lines(record) {
    if (!isEntry(record)) return [];
    const { status, algorithm, expected, actual, manifest, line, pathBase64 } = record;
    const cells = [status, algorithm, expected, actual, manifest, line].map(cell);
    return [[nameOf(record), ...cells, detailOf(record), cell(pathBase64)]];
  },
  json(record) {
    if (!isEntry(record)) return null;
    const { type: _type, ...row } = record;
    return row;
  },
  isException: (record) => isEntry(record) && record.status !== 'ok',
  text(record) {
    const changed =
      record.status === 'changed' && record.actual !== null
        ? `${text(record.algorithm)} is ${text(record.actual)}, not ${text(record.expected)}`
        : '';
    const detail = [changed, detailOf(record)].filter((part) => part !== '').join('; ');
    return `${text(record.status).padEnd(15)}${nameOf(record)}${detail === '' ? '' : `: ${detail}`}`;
  },
  summary(end) {
    const { reasons = [], signature = { status: 'none' }, manifests = [] } = end.summary ?? {};
    return {
      summary: { verdict: end.outcome?.verdict ?? 'unfinished', ...end.outcome?.counts, reasons },
      signature,
      manifests,
    };
  },
  verdict: ({ summary }) => (typeof summary?.sentence === 'string' ? summary.sentence : unfinished),
  facts(end) {
    const signature = end.summary?.signature as { status?: string; key?: string } | undefined;
    return [
      ['Signature', [signature?.status ?? 'none', signature?.key ?? ''].join(' ').trim()],
      ...manifestsOf(end).flatMap(({ name, root, explanation, sha256 }): [string, string][] => [
        ['Manifest', text(name)],
        ['Folder', text(root)],
        ['Read as', text(explanation)],
        ['SHA-256 of the manifest', text(sha256)],
      ]),
    ];
  },
};
