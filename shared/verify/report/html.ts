/** One page that can be filed: no script, nothing from elsewhere, every name escaped. */
import { escapeHtml } from '../../text/html.ts';
import { cell, fact, pageEnd, pageStart, type ReportCircumstances } from '../../text/report-page.ts';
import { decodeName } from '../../text/utf8.ts';
import { entryStatuses } from '../statuses.ts';
import { verdictText } from '../summary.ts';
import { type Row, rowsOf, type VerifyReport } from './rows.ts';
import { signatureText } from './signature.ts';

export function* reportHtml(report: VerifyReport, circumstances: ReportCircumstances): Generator<string, void> {
  const { summary } = report;
  const { date, host, version } = circumstances;
  yield pageStart(`Fixity report, ${date}`);
  yield `<h1>Fixity report</h1>\n`;
  yield `<p class="verdict ${summary.verdict}">${escapeHtml(verdictText(summary))}</p>\n`;
  yield `<table>\n${fact('Date', date)}${fact('Host', host)}${fact('Program', `Hashlane ${version}`)}`;
  yield `${fact('Signature', signatureText(report) ?? 'No signature.')}</table>\n<h2>Manifests</h2>\n`;
  yield '<table>\n<tr><th scope="col">Manifest</th><th scope="col">Folder</th><th scope="col">Read as</th><th scope="col">SHA-256 of the manifest</th></tr>\n';
  for (const { manifests, root } of report.parts) {
    for (const { shown, recognised, sha256 } of manifests) {
      const cells = [shown, decodeName(root).text, recognised.explanation].map(cell).join('');
      yield `<tr>${cells}<td><code>${sha256}</code></td></tr>\n`;
    }
  }
  yield '</table>\n<h2>Counts</h2>\n<table>\n';
  for (const status of entryStatuses) yield fact(status, String(summary.counts[status]));
  yield '</table>\n<h2>Exceptions</h2>\n';
  yield* exceptions(report);
  yield pageEnd;
}

function* exceptions(report: VerifyReport): Generator<string, void> {
  let any = false;
  for (const row of rowsOf(report, (status) => status !== 'ok')) {
    if (!any) {
      yield '<table>\n<tr><th scope="col">Status</th><th scope="col">Name</th><th scope="col">Algorithm</th><th scope="col">Expected</th><th scope="col">Actual</th><th scope="col">Detail</th></tr>\n';
      any = true;
    }
    yield exception(row);
  }
  yield any ? '</table>\n' : '<p>None.</p>\n';
}

function exception(row: Row): string {
  const name = row.path ?? `line ${row.line}: ${row.text ?? ''}`;
  const detail = [
    row.foundAt === undefined ? '' : `found at ${row.foundAt}`,
    row.existsAt === undefined ? '' : `the same content is at ${row.existsAt}`,
    row.error === undefined ? '' : `${row.error.message} (${row.error.code})`,
    row.reason ?? '',
    row.note ?? '',
  ].filter((part) => part !== '');
  const digests = [row.expected, row.actual].map((digest) => `<td><code>${escapeHtml(digest ?? '')}</code></td>`);
  const [status, path, algorithm] = [row.status, name, row.algorithm ?? ''].map(cell);
  return `<tr>${status}${path}${algorithm}${digests.join('')}${cell(detail.join('; '))}</tr>\n`;
}
