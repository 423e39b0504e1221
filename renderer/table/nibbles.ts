/** Hexadecimal digits found in bytes, without writing these out. */

/** The digits of `hex` as numbers. */
export function nibblesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex, (digit) => Number.parseInt(digit, 16));
}

/** Whether the digits of `bytes` from `start` to before `end` hold `sought`, which is not empty. */
export function includesNibbles(bytes: Uint8Array, start: number, end: number, sought: Uint8Array): boolean {
  const first = sought[0]!;
  const last = end * 2 - sought.length;
  for (let at = start * 2; at <= last; at++) {
    if (nibble(bytes, at) !== first) continue;
    let length = 1;
    while (length < sought.length && nibble(bytes, at + length) === sought[length]) length++;
    if (length === sought.length) return true;
  }
  return false;
}

function nibble(bytes: Uint8Array, at: number): number {
  const byte = bytes[at >>> 1]!;
  return (at & 1) === 0 ? byte >>> 4 : byte & 15;
}
