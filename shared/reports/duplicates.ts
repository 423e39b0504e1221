/** The report of a search for duplicates. */
import { formatSize } from '../text/quantities.ts';
import { type Cells, cell, type ReportForm, type ReportRecord, text, unfinished } from './form.ts';

interface CopyPart {
  readonly path?: string;
  readonly pathBase64?: string;
  readonly hardLinks?: readonly string[];
}

const copiesOf = (record: ReportRecord): readonly CopyPart[] =>
  Array.isArray(record.copies) ? (record.copies as CopyPart[]) : [];

export const duplicatesReport: ReportForm = {
  name: 'duplicates',
  title: 'Duplicates',
  list: 'groups',
  columns: ['group', 'size', 'algorithm', 'digest', 'path', 'hardLinkOf', 'pathBase64'],
  lines(record) {
    const start = [record.group, record.size, record.algorithm, record.digest].map(cell);
    return copiesOf(record).flatMap(({ path = '', pathBase64, hardLinks = [] }): Cells[] => [
      [...start, path, null, cell(pathBase64)],
      ...hardLinks.map((link): Cells => [...start, link, path, null]),
    ]);
  },
  json: (record) => record,
  isException: () => true,
  text: (record) =>
    [
      `Group ${String(record.group)}: ${text(record.algorithm)} ${text(record.digest)}`,
      ...copiesOf(record).map(({ path = '' }) => `  ${path}`),
    ].join('\n'),
  summary: ({ outcome }) => ({ summary: { ...outcome?.counts } }),
  verdict({ outcome }) {
    if (outcome === null) return unfinished;
    const { groups = 0, files = 0, reclaimable = 0 } = outcome.counts;
    if (groups === 0) return `No duplicates among ${files} files.`;
    return `${groups} ${groups === 1 ? 'group' : 'groups'} of duplicates; ${formatSize(reclaimable)} could be freed.`;
  },
  facts: () => [],
};
