/**
 * File names are chosen by others. A name may hold line ends that forge a line of output, escape
 * sequences that drive a terminal, or bidirectional controls that show `exe.txt` for `txt.exe`.
 */

/**
 * C0, DEL, C1; the Arabic letter mark; zero-width characters and direction marks; line and paragraph
 * separators; bidirectional embeddings, overrides and isolates; the byte-order mark; tag characters.
 */
const control = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** `text` with every control character as a visible escape: `\n`, `\x1b`, `\u202e`. For people, not for parsing. */
export function makeVisible(text: string): string {
  return text.replace(control, (character) => short[character] ?? escapeOf(character));
}

const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

/** `json`, a JSON text, with the control characters that JSON itself lets through as `\u` escapes. */
export function escapeControlsInJson(json: string): string {
  return json.replace(control, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex4(character.charCodeAt(at))}`).join(''),
  );
}
