/** One line a file, with a header; no field is a formula. */
import { algorithm } from '../../tables/algorithms.ts';
import { toBase64 } from '../../text/base64.ts';
import { csvLine } from '../../text/csv-field.ts';
import { digestText } from '../../text/digest-text.ts';
import { decodeName } from '../../text/utf8.ts';
import type { CheckReport } from './model.ts';
import { detailText } from './words.ts';

export function* checkCsv({ header, findings, ok, record, verdict, reason }: CheckReport): Generator<string, void> {
  const digest = (bytes: Uint8Array | undefined): string | null =>
    bytes === undefined ? null : digestText(bytes, algorithm(header.algorithm).encoding);
  const name = (bytes: Uint8Array): [string, string | null] => {
    const { text, exact } = decodeName(bytes);
    return [text, exact ? null : toBase64(bytes)];
  };
  yield csvLine(['path', 'state', 'expected', 'actual', 'size', 'detail', 'pathBase64']);
  if (verdict === 'unavailable') {
    const [root, exact] = name(header.root);
    yield csvLine([root, 'unavailable', null, null, null, reason ?? null, exact]);
  }
  for (const finding of findings) {
    const [path, exact] = name(finding.path);
    const { state, expected, actual, size } = finding;
    yield csvLine([path, state, digest(expected), digest(actual), size ?? null, detailText(finding), exact]);
  }
  for (const number of ok) {
    const [path, exact] = name(record.path(number));
    yield csvLine([path, 'ok', null, digest(record.digest(number)), record.size(number), '', exact]);
  }
}
