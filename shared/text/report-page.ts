/** The frame of a report that is one page of HTML: no script, nothing from elsewhere. */
import { escapeHtml } from './html.ts';

/** Where and when, as the page says it. */
export interface ReportCircumstances {
  /** ISO 8601. */
  readonly date: string;
  readonly host: string;
  readonly version: string;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1a1a; background: #fff }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
  code { font-size: .85em }
  .verdict { font-size: 1.25rem; border: 2px solid; border-radius: .4rem; padding: .6rem .9rem }
  .ok { color: #14532d } .failed { color: #991b1b }
`;

export const pageStart = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
`;

export const pageEnd = '</body>\n</html>\n';

export const cell = (text: string): string => `<td>${escapeHtml(text)}</td>`;

/** A row of a table of facts. */
export const fact = (name: string, value: string): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th>${cell(value)}</tr>\n`;
