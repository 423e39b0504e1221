/** A field of RFC 4180 that no spreadsheet takes for a formula. */

/** What begins a formula in one spreadsheet or another. */
const formula = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
/** Spaces at the ends are kept by the RFC but trimmed by some readers, unless quoted. */
const needsQuotes = /[",\r\n]|^\s|\s$/;

/** What could be a formula gets an apostrophe before it, which spreadsheets hide. */
function safeCsvField(text: string): string {
  // guard: formulas in reports => const safe = text;
  const safe = formula.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line, with its end. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map((field) => (field === null ? '' : safeCsvField(String(field)))).join(',')}\r\n`;
}
