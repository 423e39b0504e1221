/**
 * File names are chosen by others. A name may hold line ends that forge a line of output, escape
 * sequences that drive a terminal, or bidirectional controls that show `exe.txt` for `txt.exe`.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional embeddings, overrides and isolates. */
const control = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** `text` with every control character as a visible escape: `\n`, `\x1b`, `\u202e`. For people, not for parsing. */
export function makeVisible(text: string): string {
  return text.replace(control, (character) => short[character] ?? escapeOf(character));
}

/** `json`, a JSON text, with the control characters that JSON itself lets through as `\u` escapes. */
export function escapeControlsInJson(json: string): string {
  return json.replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
