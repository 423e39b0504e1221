/** The report of a comparison. */
import { compareColumns } from '../compare/report.ts';
import { cell, counted, type ReportForm, text, unfinished } from './form.ts';

export const compareReport: ReportForm = {
  name: 'comparison',
  title: 'Comparison',
  list: 'entries',
  columns: compareColumns,
  lines: (record) => [compareColumns.map((name) => cell(record[name]))],
  json: (record) => record,
  isException: (record) => record.status !== 'same',
  text(record) {
    const detail = record.foundAt === undefined ? text(record.error) : `right: ${text(record.foundAt)}`;
    return `${text(record.status).padEnd(15)}${text(record.path)}${detail === '' ? '' : `: ${detail}`}`;
  },
  summary: ({ outcome }) => ({
    summary: {
      verdict: outcome === null ? 'unfinished' : outcome.verdict === 'ok' ? 'same' : 'different',
      ...outcome?.counts,
    },
  }),
  verdict({ outcome }) {
    if (outcome === null) return unfinished;
    if (outcome.verdict === 'ok') return 'SAME: both sides have the same files.';
    const { same: _same, ...rest } = outcome.counts;
    return `DIFFERENT: ${counted(rest)}.`;
  },
  facts: () => [],
};
