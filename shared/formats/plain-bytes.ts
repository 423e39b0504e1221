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
 * says, and of the rest none that shared/text/visible.ts makes visible. Well-formed is what table 3-7 of the Unicode
 * Standard lists.
 */
export function isPlainText(plain: PlainBytes, source: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const lead = source[at++]!;
    if (lead < 0x80) {
      if (plain[lead] === 0) return false;
      continue;
    }
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4 || at + more > end) return false;
    const second = source[at]!;
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (let next = 1; next < more; next++) if ((source[at + next]! & 0xc0) !== 0x80) return false;
    if (lead === 0xc2 && second < 0xa0) return false;
    if (lead === 0xe2 && isBidirectionalOrEnd(second, source[at + 1]!)) return false;
    at += more;
  }
  return true;
}

/** Of the characters that begin with E2: U+2028 to U+202E, and U+2066 to U+2069. */
function isBidirectionalOrEnd(second: number, third: number): boolean {
  if (second === 0x80) return third >= 0xa8 && third <= 0xae;
  return second === 0x81 && third >= 0xa6 && third <= 0xa9;
}
