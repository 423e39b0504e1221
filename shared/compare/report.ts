/** The forms in which a comparison is written. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { csvLine } from '../text/csv-field.ts';
import { digestText } from '../text/digest-text.ts';
import { decodeName } from '../text/utf8.ts';
import { escapeControlsInJson, makeVisible } from '../text/visible.ts';
import { type CompareStatus, type Comparison, compareStatuses } from './comparison.ts';

export interface CompareSummary {
  readonly verdict: 'same' | 'different';
  readonly counts: Readonly<Record<CompareStatus, number>>;
  /** Lines of the lists that say nothing usable. */
  readonly malformed: number;
}

export interface CompareReport {
  readonly comparison: Comparison;
  /** In the order of the report. */
  readonly paths: readonly number[];
  readonly summary: CompareSummary;
}

/** A comparison of nothing is no success: a disk that is not mounted is an empty folder. */
export function summarise(comparison: Comparison, paths: readonly number[], malformed: number): CompareSummary {
  const counts = Object.fromEntries(compareStatuses.map((status) => [status, 0])) as Record<CompareStatus, number>;
  for (const path of paths) counts[comparison.status(path)]++;
  const isSame =
    counts.same > 0 && malformed === 0 && compareStatuses.every((status) => status === 'same' || counts[status] === 0);
  return { verdict: isSame ? 'same' : 'different', counts, malformed };
}

export interface CompareRow {
  readonly path: string;
  readonly pathBase64?: string;
  readonly status: CompareStatus;
  /** Of a moved file, or of one that the right side spells in another way. */
  readonly foundAt?: string;
  readonly algorithm: AlgorithmName | null;
  readonly left: string | null;
  readonly right: string | null;
  readonly leftSize?: number;
  readonly rightSize?: number;
  readonly error?: string;
}

function rowOf(comparison: Comparison, path: number): CompareRow {
  const { left, right } = comparison;
  const status = comparison.status(path);
  const other = left.has(path) ? comparison.partner(path) : path;
  const bytes = comparison.paths.bytes(path);
  const { text, exact } = decodeName(bytes);
  const name = left.has(path) && other >= 0 ? (comparison.common(path, other)[0] ?? null) : null;
  const digestAt = (digest: Uint8Array | null): string | null =>
    name === null || digest === null ? null : digestText(digest, algorithm(name).encoding);
  const error = left.error(path) || (other >= 0 ? right.error(other) : '');
  return {
    path: text,
    ...(exact ? {} : { pathBase64: toBase64(bytes) }),
    status,
    ...(other >= 0 && other !== path ? { foundAt: decodeName(comparison.paths.bytes(other)).text } : {}),
    algorithm: name,
    left: name === null ? null : digestAt(left.digest(path, name)),
    right: name === null || other < 0 ? null : digestAt(right.digest(other, name)),
    ...(left.size(path) < 0 ? {} : { leftSize: left.size(path) }),
    ...(other < 0 || right.size(other) < 0 ? {} : { rightSize: right.size(other) }),
    ...(status === 'unreadable' ? { error } : {}),
  };
}

/** All of them, in the order of the report. */
export function* compareRows({ comparison, paths }: CompareReport): Generator<CompareRow, void> {
  for (const path of paths) yield rowOf(comparison, path);
}

const words: Readonly<Record<CompareStatus, string>> = {
  same: 'the same',
  changed: 'changed',
  'left-only': 'only left',
  'right-only': 'only right',
  moved: 'moved',
  'not-comparable': 'not comparable',
  unreadable: 'unreadable',
};

/** What differs, the counts, and the verdict as the last line. */
export function* compareText({ comparison, paths, summary }: CompareReport): Generator<string, void> {
  for (const path of paths) {
    if (comparison.status(path) === 'same') continue;
    const { status, path: name, foundAt, error } = rowOf(comparison, path);
    const detail = foundAt === undefined ? error : `${status === 'moved' ? 'moved to' : 'right:'} ${foundAt}`;
    yield `${status.padEnd(15)}${makeVisible(name)}${detail === undefined ? '' : `: ${makeVisible(detail)}`}\n`;
  }
  const counted = compareStatuses.filter((status) => summary.counts[status] > 0);
  const parts = counted.map((status) => `${summary.counts[status]} ${words[status]}`);
  if (summary.malformed > 0) parts.push(`${summary.malformed} malformed lines`);
  yield `Summary: ${parts.length === 0 ? 'no files' : parts.join(', ')}\n`;
  if (summary.verdict === 'same') yield 'SAME: both sides have the same files.\n';
  else
    yield `DIFFERENT: ${parts.filter((_, at) => counted[at] !== 'same').join(', ') || 'there is nothing to compare'}.\n`;
}

const letters: Readonly<Record<CompareStatus, string>> = {
  same: '=',
  changed: '*',
  'left-only': '+',
  'right-only': '-',
  moved: '+',
  'not-comparable': '!',
  unreadable: '!',
};

/** As `rclone check --combined` writes it, which has no word for moved: one line for each side. */
export function* compareRclone({ comparison, paths }: CompareReport): Generator<string, void> {
  for (const path of paths) {
    const { status, path: name, foundAt } = rowOf(comparison, path);
    yield `${letters[status]} ${makeVisible(name)}\n`;
    if (status === 'moved') yield `- ${makeVisible(foundAt!)}\n`;
  }
}

const quote = (value: unknown): string => escapeControlsInJson(JSON.stringify(value));

export function* compareJson(report: CompareReport): Generator<string, void> {
  let separator = '{"entries":[\n';
  for (const row of compareRows(report)) {
    yield `${separator}${quote(row)}`;
    separator = ',\n';
  }
  if (separator.startsWith('{')) yield separator;
  const { verdict, counts, malformed } = report.summary;
  yield `\n],\n"summary":${quote({ verdict, ...counts, malformed })}}\n`;
}

/** Of a report in columns, whoever writes it. */
export const compareColumns = [
  'path',
  'status',
  'foundAt',
  'algorithm',
  'left',
  'right',
  'leftSize',
  'rightSize',
  'error',
  'pathBase64',
] as const;

export function* compareCsv(report: CompareReport): Generator<string, void> {
  yield csvLine(compareColumns);
  for (const row of compareRows(report)) {
    yield csvLine([
      row.path,
      row.status,
      row.foundAt ?? null,
      row.algorithm,
      row.left,
      row.right,
      row.leftSize ?? null,
      row.rightSize ?? null,
      row.error ?? null,
      row.pathBase64 ?? null,
    ]);
  }
}
