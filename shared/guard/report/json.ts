import { type AlgorithmName, algorithm } from '../../tables/algorithms.ts';
import { toBase64 } from '../../text/base64.ts';
import { digestText } from '../../text/digest-text.ts';
import { decodeName } from '../../text/utf8.ts';
import { escapeControlsInJson } from '../../text/visible.ts';
import type { CheckReport, Finding } from './model.ts';

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** `{"root", "verdict", "entries", "summary", "coverage"}`; findings come first, then what is ok. Pieces of text. */
export function* checkJson(report: CheckReport): Generator<string, void> {
  const { header, verdict, reason, counts, coverage, record } = report;
  const root = decodeName(header.root);
  const head = {
    root: root.text,
    ...(root.exact ? {} : { rootBase64: toBase64(header.root) }),
    ...(reason === undefined ? {} : { reason }),
    verdict,
    algorithm: header.algorithm,
    started: isoOf(report.startedMs),
  };
  yield `${textOf(head).slice(0, -1)},"entries":[`;
  let isFirst = true;
  const separator = (): string => {
    const text = isFirst ? '\n' : ',\n';
    isFirst = false;
    return text;
  };
  for (const finding of report.findings) yield separator() + textOf(findingRow(finding, header.algorithm));
  for (const number of report.ok) {
    yield separator() + textOf({ ...nameOf('path', record.path(number)), state: 'ok' });
  }
  const { oldestCheckMs, ...rest } = coverage;
  const summary = {
    verdict,
    ...counts,
    readFiles: report.readFiles,
    readBytes: report.readBytes,
    elapsedMs: Math.round(report.elapsedMs),
  };
  const oldestCheck = oldestCheckMs === null ? null : isoOf(oldestCheckMs);
  yield `${isFirst ? '' : '\n'}],"summary":${textOf(summary)},"coverage":${textOf({ ...rest, oldestCheck })}}\n`;
}

const textOf = (value: unknown): string => escapeControlsInJson(JSON.stringify(value));

function nameOf(key: string, bytes: Uint8Array): Record<string, string> {
  const { text, exact } = decodeName(bytes);
  return exact ? { [key]: text } : { [key]: text, [`${key}Base64`]: toBase64(bytes) };
}

/** A finding as a JSON value. */
export function findingRow(finding: Finding, name: AlgorithmName): Readonly<Record<string, unknown>> {
  const digest = (bytes: Uint8Array): string => digestText(bytes, algorithm(name).encoding);
  const { path, state, expected, actual, size, foundAt, error, copy } = finding;
  return {
    ...nameOf('path', path),
    state,
    ...(expected === undefined ? {} : { expected: digest(expected) }),
    ...(actual === undefined ? {} : { actual: digest(actual) }),
    ...(size === undefined ? {} : { size }),
    ...(foundAt === undefined ? {} : nameOf('foundAt', foundAt)),
    ...(error === undefined ? {} : { error }),
    ...(copy === undefined ? {} : { copy: { ...nameOf('path', copy.path), checked: isoOf(copy.checkedMs) } }),
  };
}
