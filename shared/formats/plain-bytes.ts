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
