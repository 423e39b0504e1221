/** One page that can be filed: no script, nothing from elsewhere, every name escaped. */
import { algorithm } from '../../tables/algorithms.ts';
import { digestText } from '../../text/digest-text.ts';
import { escapeHtml } from '../../text/html.ts';
import { formatCount, formatDuration, formatSize } from '../../text/quantities.ts';
import { cell, fact, pageEnd, pageStart, type ReportCircumstances } from '../../text/report-page.ts';
import { decodeName } from '../../text/utf8.ts';
import { guardStates } from '../states.ts';
import type { CheckReport } from './model.ts';
import { coverageText, detailText, verdictText } from './words.ts';

export function* checkHtml(report: CheckReport, circumstances: ReportCircumstances): Generator<string, void> {
  const { header, verdict, counts, coverage, findings } = report;
  const { date, host, version } = circumstances;
  yield pageStart(`Fixity report, ${date}`);
  yield '<h1>Fixity report</h1>\n';
  yield `<p class="verdict ${verdict === 'ok' ? 'ok' : 'failed'}">${escapeHtml(verdictText(report))}</p>\n`;
  yield `<table>\n${fact('Folder', decodeName(header.root).text)}${fact('Date', date)}${fact('Host', host)}`;
  yield fact('Program', `Hashlane ${version}`) + fact('Algorithm', algorithm(header.algorithm).label);
  yield fact('Read', `${formatCount(report.readFiles)} files, ${formatSize(report.readBytes)}`);
  yield fact('Elapsed', formatDuration(report.elapsedMs / 1000)) + fact('Coverage', coverageText(coverage));
  yield '</table>\n<h2>Counts</h2>\n<table>\n';
  for (const state of guardStates) yield fact(state, String(counts[state]));
  yield '</table>\n<h2>Exceptions</h2>\n';
  if (findings.length === 0) yield '<p>None.</p>\n';
  else {
    const heads = ['State', 'Name', 'On record', 'Found', 'Detail'].map((head) => `<th scope="col">${head}</th>`);
    yield `<table>\n<tr>${heads.join('')}</tr>\n`;
    const digest = (bytes: Uint8Array | undefined): string =>
      `<td><code>${bytes === undefined ? '' : escapeHtml(digestText(bytes, algorithm(header.algorithm).encoding))}</code></td>`;
    for (const finding of findings) {
      const names = cell(finding.state) + cell(decodeName(finding.path).text);
      yield `<tr>${names}${digest(finding.expected)}${digest(finding.actual)}${cell(detailText(finding))}</tr>\n`;
    }
    yield '</table>\n';
  }
  yield pageEnd;
}
