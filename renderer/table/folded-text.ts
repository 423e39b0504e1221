/**
 * Text without case, in one normal form: `É` is found in either of the two ways that file systems write it. As numbers of
 * code points, for a million names are searched, and a string of each would take longer than the search.
 */
import { bytesOf, codePoint } from './natural-key.ts';

/** What each code point comes to, where it is one other; 0: not known, or several. */
const single = new Uint32Array(0x1_0000);
/** Likewise, whatever it is. Both are filled as code points are met. */
const folds = new Map<number, readonly number[]>();

function pointsOf(text: string): number[] {
  return Array.from(text.toLowerCase().normalize('NFD'), (character) => character.codePointAt(0)!);
}

function foldOf(point: number): readonly number[] {
  const known = folds.get(point);
  if (known !== undefined) return known;
  // Beyond Unicode stand the bytes that are no text.
  const made = point > 0x10_ffff ? [point] : pointsOf(String.fromCodePoint(point));
  folds.set(point, made);
  if (made.length === 1 && point < single.length) single[point] = made[0]!;
  return made;
}

export function foldedText(text: string): Uint32Array {
  return Uint32Array.from(pointsOf(text));
}

/** Each byte with A–Z made small. */
const small = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** Whether `sought`, ASCII and folded, is in the UTF-8 in `bytes` from `start` to before `end`: without decoding it. */
export function includesAscii(bytes: Uint8Array, start: number, end: number, sought: Uint32Array): boolean {
  const first = sought[0]!;
  const last = end - sought.length;
  for (let at = start; at <= last; at++) {
    if (small[bytes[at]!] !== first) continue;
    let length = 1;
    while (length < sought.length && small[bytes[at + length]!] === sought[length]) length++;
    if (length === sought.length) return true;
  }
  return false;
}

/** Text that is folded into the same memory over and over. */
export class FoldedText {
  points = new Uint32Array(1024);
  length = 0;

  /** Takes in the UTF-8 in `bytes` from `start` to before `end`. */
  read(bytes: Uint8Array, start: number, end: number): void {
    // No code point of one byte more comes to more than four.
    if (this.points.length < (end - start) * 4) this.points = new Uint32Array((end - start) * 4);
    const { points } = this;
    let length = 0;
    for (let at = start; at < end; ) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        points[length++] = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
        at++;
        continue;
      }
      const point = codePoint(bytes, at, end);
      at += bytesOf(point);
      const one = point < single.length ? single[point]! : 0;
      if (one !== 0) points[length++] = one;
      else for (const folded of foldOf(point)) points[length++] = folded;
    }
    this.length = length;
  }

  includes(sought: Uint32Array): boolean {
    const { points } = this;
    const first = sought[0];
    if (first === undefined) return true;
    const last = this.length - sought.length;
    for (let start = 0; start <= last; start++) {
      if (points[start] !== first) continue;
      let length = 1;
      while (length < sought.length && points[start + length] === sought[length]) length++;
      if (length === sought.length) return true;
    }
    return false;
  }

  startsWith(sought: Uint32Array): boolean {
    if (sought.length > this.length) return false;
    for (let at = 0; at < sought.length; at++) if (this.points[at] !== sought[at]) return false;
    return true;
  }

  /** Whether the whole text fits: `*` stands for any run of characters, `?` for one. */
  fits(pattern: Uint32Array): boolean {
    const { points } = this;
    let at = 0;
    let here = 0;
    let star = -1;
    let resume = 0;
    while (here < this.length) {
      const wanted = pattern[at];
      if (wanted === asterisk) {
        star = at++;
        resume = here;
      } else if (at < pattern.length && (wanted === questionMark || wanted === points[here])) {
        at++;
        here++;
        // An accent is no character of its own.
        if (wanted === questionMark) while (here < this.length && isAccent(points[here]!)) here++;
      } else if (star >= 0) {
        at = star + 1;
        here = ++resume;
      } else {
        return false;
      }
    }
    while (pattern[at] === asterisk) at++;
    return at === pattern.length;
  }
}

function isAccent(point: number): boolean {
  return point >= 0x300 && point < 0x370;
}

const asterisk = 0x2a;
const questionMark = 0x3f;
