/** The forms in which a report is written. Every form is safe against what names may hold. */
import type { ReportFormat } from '../contract/results.ts';
import { csvLine } from '../text/csv-field.ts';
import { escapeHtml } from '../text/html.ts';
import { cell, fact, pageEnd, pageStart, type ReportCircumstances } from '../text/report-page.ts';
import { escapeControlsInJson, makeVisible } from '../text/visible.ts';
import { counted, type ReportEnd, type ReportForm, type ReportRecord } from './form.ts';

export interface ReportInput {
  readonly form: ReportForm;
  /** May be gone through several times. */
  readonly records: () => AsyncIterable<ReportRecord>;
  readonly end: ReportEnd;
  readonly circumstances: ReportCircumstances;
}

type Written = AsyncGenerator<string, void>;

const quote = (value: unknown): string => escapeControlsInJson(JSON.stringify(value));

async function* text({ form, records, end }: ReportInput): Written {
  for await (const record of records()) {
    if (!form.isException(record)) continue;
    yield `${form.text(record).split('\n').map(makeVisible).join('\n')}\n`;
  }
  for (const [name, value] of form.facts(end)) yield `${name}: ${makeVisible(value)}\n`;
  yield `Summary: ${counted(end.outcome?.counts ?? {})}\n`;
  yield `${makeVisible(form.verdict(end))}\n`;
}

async function* csv({ form, records }: ReportInput): Written {
  yield csvLine(form.columns);
  for await (const record of records()) for (const line of form.lines(record)) yield csvLine(line);
}

async function* json({ form, records, end }: ReportInput): Written {
  let separator = `{"${form.list}":[\n`;
  for await (const record of records()) {
    const value = form.json(record);
    if (value === null) continue;
    yield `${separator}${quote(value)}`;
    separator = ',\n';
  }
  if (separator.startsWith('{')) yield separator;
  yield '\n]';
  for (const [name, value] of Object.entries(form.summary(end))) yield `,\n"${name}":${quote(value)}`;
  yield '}\n';
}

async function* jsonLines({ form, records, end }: ReportInput): Written {
  for await (const record of records()) {
    const value = form.json(record);
    if (value !== null) yield `${quote(value)}\n`;
  }
  yield `${quote(form.summary(end))}\n`;
}

const cellOf = (value: string | number | null): string => cell(String(value ?? ''));

async function* html({ form, records, end, circumstances }: ReportInput): Written {
  const { date, host, version } = circumstances;
  yield `${pageStart(`${form.title}, ${date}`)}<h1>${form.title}</h1>\n`;
  yield `<p class="verdict ${end.outcome?.verdict === 'ok' ? 'ok' : 'failed'}">${escapeHtml(form.verdict(end))}</p>\n<table>\n`;
  const facts = [['Date', date], ['Host', host], ['Program', `Hashlane ${version}`], ...form.facts(end)] as const;
  for (const [name, value] of facts) yield fact(name!, value!);
  yield '</table>\n<h2>Counts</h2>\n<table>\n';
  for (const [status, count] of Object.entries(end.outcome?.counts ?? {})) yield fact(status, String(count));
  yield '</table>\n<h2>Exceptions</h2>\n';
  let any = false;
  for await (const record of records()) {
    if (!form.isException(record)) continue;
    if (!any) {
      yield `<table>\n<tr>${form.columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr>\n`;
      any = true;
    }
    for (const line of form.lines(record)) yield `<tr>${line.map(cellOf).join('')}</tr>\n`;
  }
  yield any ? '</table>\n' : '<p>None.</p>\n';
  yield pageEnd;
}

interface Form {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (input: ReportInput) => Written;
}

export const reportForms: Readonly<Record<ReportFormat, Form>> = {
  html: { extension: '.html', mediaType: 'text/html; charset=utf-8', write: html },
  text: { extension: '.txt', mediaType: 'text/plain; charset=utf-8', write: text },
  csv: { extension: '.csv', mediaType: 'text/csv; charset=utf-8', write: csv },
  json: { extension: '.json', mediaType: 'application/json', write: json },
  jsonl: { extension: '.jsonl', mediaType: 'application/jsonl', write: jsonLines },
};
