/** Parts of a document that a program writes, between `<!-- NAME -->` and `<!-- /NAME -->`. */

/** Puts `text` between the markers. Throws when there is not exactly one pair of them. */
export function replaceMarked(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = document.split(open);
  const [inner, after, ...beyond] = (rest ?? '').split(close);
  if (rest === undefined || inner === undefined || after === undefined || more.length > 0 || beyond.length > 0) {
    throw new Error(`Expected one pair of markers ${open} and ${close}`);
  }
  return `${before}${open}\n\n${text.trim()}\n\n${close}${after}`;
}

/** A Markdown table; cells must not hold line breaks. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
