/** How many columns of a terminal a text takes, and how to cut it to fit. */

/** East Asian wide and full-width characters, and pictures (Unicode Standard Annex 11), in ranges. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
/** Marks that sit on the character before, and format characters. */
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u;

function widthOf(character: string): number {
  if (character < '\u0300') return 1;
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Columns that `text` takes; control characters must have been made visible before. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** The end of `text` in at most `columns` columns, with an ellipsis before it when something was cut off. */
export function keepEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return '';
  const characters = Array.from(text);
  let left = columns - 1;
  let from = characters.length;
  while (from > 0 && widthOf(characters[from - 1]!) <= left) left -= widthOf(characters[--from]!);
  return `…${characters.slice(from).join('')}`;
}
