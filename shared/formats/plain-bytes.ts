/**
 * Which bytes of a name stand for themselves in a format. A name of nothing else, which nearly all
 * are, is copied from the batch to the output as it is; the rest take the way over text.
 */
export type PlainBytes = Uint8Array;

const codes = (characters: string): number[] => Array.from(characters, (character) => character.charCodeAt(0));

/** Every byte but those of `special`, which is ASCII. */
export function allBytesBut(special: string): PlainBytes {
  const plain = new Uint8Array(256).fill(1);
  for (const code of codes(special)) plain[code] = 0;
  return plain;
}

/** Printable ASCII but for `special`. */
export function printableBut(special: string): PlainBytes {
  const plain = new Uint8Array(256).fill(1, 0x20, 0x7f);
  for (const code of codes(special)) plain[code] = 0;
  return plain;
}

/** Whether the bytes of `source` from `start` to before `end` are all plain. */
export function isPlain(plain: PlainBytes, source: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (plain[source[at]!] === 0) return false;
  return true;
}

/**
 * Whether the bytes from `start` to before `end` are UTF-8 in which every character stands for itself: ASCII as `plain`
 * says, a table of printableBut, and of the rest none that shared/text/visible.ts makes visible.
 */
export function isPlainText(plain: PlainBytes, source: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at >= 0) {
    while (at < end && plain[source[at]!] === 1) at++;
    if (at === end) return true;
    at = afterPlainCharacter(source, at, end);
  }
  return false;
}

/**
 * Where the character beyond ASCII at `at` ends; −1 when it would be shown by an escape, is none, or is not well-formed
 * (table 3-7 of the Unicode Standard).
 */
function afterPlainCharacter(source: Uint8Array, at: number, end: number): number {
  const lead = source[at]!;
  const next = at + (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
  if (lead < 0xc2 || lead > 0xf4 || next > end) return -1;
  const second = source[at + 1]!;
  // After C2 come the controls U+0080 to U+009F.
  const least = lead === 0xe0 || lead === 0xc2 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return -1;
  for (let more = at + 2; more < next; more++) if ((source[more]! & 0xc0) !== 0x80) return -1;
  return isInvisible(lead, second, source[at + 2]!) ? -1 : next;
}

/** Whether a character beyond U+00A0 is one of those of shared/text/visible.ts, by its first three bytes. */
function isInvisible(lead: number, second: number, third: number): boolean {
  switch (lead) {
    case 0xd8: // U+061C
      return second === 0x9c;
    case 0xe2: // U+200B to U+200F, U+2028 to U+202E, U+2066 to U+2069
      if (second === 0x80) return (third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae);
      return second === 0x81 && third >= 0xa6 && third <= 0xa9;
    case 0xef: // U+FEFF
      return second === 0xbb && third === 0xbf;
    case 0xf3: // U+E0000 to U+E007F
      return second === 0xa0 && third <= 0x81;
    default:
      return false;
  }
}
