/** The verification as one PREMIS fixity event, as archives file it: every entry is an object with an outcome. */
import { type PremisFile, writePremis } from '../../manifests/premis/write-premis.ts';
import { algorithm } from '../../tables/algorithms.ts';
import type { ReportCircumstances } from '../../text/report-page.ts';
import { makeVisible } from '../../text/visible.ts';
import { verdictText } from '../summary.ts';
import { type Row, rowsOf, type VerifyReport } from './rows.ts';
import { signatureText } from './signature.ts';

export function* reportPremis(report: VerifyReport, circumstances: ReportCircumstances): Generator<string, void> {
  const { date, host, version } = circumstances;
  const manifests = report.parts.flatMap((part) => part.manifests);
  const named = manifests.map(({ shown, sha256 }) => `${shown} (SHA-256 ${sha256})`).join(', ');
  const detail = [`Manifests: ${named}. Host: ${host}.`, signatureText(report) ?? '', verdictText(report.summary)];
  const run = {
    type: 'fixity check',
    id: `${date} ${host}`,
    date,
    tool: 'Hashlane',
    toolVersion: version,
    detail: makeVisible(detail.filter((part) => part !== '').join(' ')),
  } as const;
  // Gone through several times: rows are made when they are written, however many there are.
  yield* writePremis(run, { [Symbol.iterator]: () => filesOf(report) });
}

function* filesOf(report: VerifyReport): Generator<PremisFile, void> {
  for (const row of rowsOf(report)) yield fileOf(row);
}

/** XML holds no control characters: they are made visible. */
function fileOf(row: Row): PremisFile {
  const path = row.path ?? `${row.manifest}, line ${row.line}`;
  const all =
    row.digests ?? (row.algorithm === null ? [] : [row as { algorithm: typeof row.algorithm; actual: string | null }]);
  const digests = all.flatMap(({ algorithm: name, actual }): [string, string][] =>
    name === null || actual === null ? [] : [[algorithm(name).label, actual]],
  );
  const outcome = row.status === 'ok' ? 'pass' : row.status === 'unlisted' ? 'not checked' : 'fail';
  return { path: makeVisible(path), outcome, status: row.status, size: null, digests: Object.fromEntries(digests) };
}
