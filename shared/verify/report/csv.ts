/** One line an entry, with a header; no field is a formula. */
import { csvLine } from '../../text/csv-field.ts';
import { rowsOf, type VerifyReport } from './rows.ts';
import { signatureSentence } from './signature.ts';

const columns = [
  'path',
  'status',
  'algorithm',
  'expected',
  'actual',
  'manifest',
  'line',
  'foundAt',
  'detail',
  'pathBase64',
  'signature',
];

export function* reportCsv(report: VerifyReport): Generator<string, void> {
  yield csvLine(columns);
  const signatures = new Map<string | null, string>();
  for (const { shown, signature } of report.parts.flatMap(({ manifests }) => manifests)) {
    if (signature.status !== 'none') signatures.set(shown, signatureSentence(signature, false));
  }
  for (const row of rowsOf(report)) {
    const { path, status, algorithm, expected, actual, manifest, line, foundAt, existsAt, error, reason, note } = row;
    const detail = [error && `${error.code}: ${error.message}`, reason, note]
      .filter((part) => part !== undefined)
      .join('; ');
    const place = foundAt ?? existsAt ?? null;
    yield csvLine([
      path,
      status,
      algorithm,
      expected,
      actual,
      manifest,
      line ?? null,
      place,
      detail,
      row.pathBase64 ?? null,
      signatures.get(manifest) ?? null,
    ]);
  }
}
