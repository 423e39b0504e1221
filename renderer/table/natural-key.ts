/**
 * Names as bytes that compare like the names do for people: without case and accents, numbers by their value. Names are
 * read as bytes, for making a million strings takes longer than sorting them.
 */
import { farLead, tabled, type Weights, weights } from './weights.ts';

const zero = 0x30;
const nine = 0x39;

/**
 * Writes the key of the name in `bytes` from `start` to before `end`, at most `target.length` bytes of it; returns how
 * many were written.
 */
export function naturalKey(target: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  const table = weights();
  let length = 0;
  let at = start;
  while (at < end && length < target.length) {
    const byte = bytes[at]!;
    if (byte >= zero && byte <= nine) {
      while (at < end && bytes[at] === zero) at++;
      const first = at;
      while (at < end && bytes[at]! >= zero && bytes[at]! <= nine) at++;
      // A longer number is a larger one.
      target[length++] = table.lead[zero]!;
      target[length++] = Math.min(at - first + 1, 0xff);
      for (let digit = first; digit < at && length < target.length; digit++)
        target[length++] = bytes[digit]! - zero + 1;
    } else if (byte < 0x80) {
      target[length++] = table.lead[byte]!;
      at++;
    } else {
      const point = codePoint(bytes, at, end);
      at += bytesOf(point);
      length = writePoint(target, length, point, table);
    }
  }
  return Math.min(length, target.length);
}

function writePoint(target: Uint8Array, from: number, point: number, { lead, sub }: Weights): number {
  let length = from;
  if (point >= tabled) {
    target[length++] = farLead;
    target[length++] = point >>> 16;
    target[length++] = (point >>> 8) & 0xff;
    target[length++] = point & 0xff;
    return length;
  }
  if (lead[point] === 0) return length;
  target[length++] = lead[point]!;
  if (sub[point] === 0) return length;
  target[length++] = sub[point]! >>> 8;
  target[length++] = sub[point]! & 0xff;
  return length;
}

/** The character that begins at `at`, which is not ASCII; a byte that is no UTF-8 stands for itself, beyond Unicode. */
export function codePoint(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
  if (more === 0 || at + more >= end || first > 0xf4) return notText + first;
  let point = first & (0x3f >> more);
  for (let next = 1; next <= more; next++) {
    const byte = bytes[at + next]!;
    if ((byte & 0xc0) !== 0x80) return notText + first;
    point = (point << 6) | (byte & 0x3f);
  }
  return point;
}

/** Above every code point. */
const notText = 0x11_0000;

/** How many bytes stand for it. */
export function bytesOf(point: number): number {
  if (point >= notText || point < 0x80) return 1;
  return point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
}
