/** Fills paragraphs to a width, so that the source of a text need not be wrapped like what is read. */

/**
 * Lines that begin in the first column and follow each other are one paragraph; indented lines, such as examples and
 * lists of options, stay as they are.
 */
export function fillParagraphs(text: string, width: number): string {
  const out: string[] = [];
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) out.push(...wrap(words, width));
    words = [];
  };
  for (const line of text.split('\n')) {
    if (line === '' || /^\s/.test(line)) {
      flush();
      out.push(line);
    } else {
      words.push(...line.trimEnd().split(' '));
      if (line.endsWith(':')) flush();
    }
  }
  flush();
  return out.join('\n');
}

function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
