/** What is copied as it is must come out as it would over text. */
import { expect, test } from 'vitest';
import { decodeName } from '../text/utf8.ts';
import { escapeControlsInJson } from '../text/visible.ts';
import { isPlainText, printableBut } from './plain-bytes.ts';

const plain = printableBut('"\\');
const encoder = new TextEncoder();

/** Over text: whether name and JSON string are the same but for the quotes. */
function isPlainOverText(bytes: Uint8Array): boolean {
  const { text, exact } = decodeName(bytes);
  return exact && escapeControlsInJson(JSON.stringify(text)) === `"${text}"`;
}

const isPlainInPlace = (bytes: Uint8Array): boolean => isPlainText(plain, bytes, 0, bytes.length);

/** Where single characters count: every script's controls, the byte-order mark and the tags. */
const isDense = (point: number): boolean =>
  point < 0x3000 || (point >= 0xfe00 && point <= 0xffff) || (point >= 0xdff00 && point <= 0xe0200);

test('every character below U+3000 and around invisible ones, and every 97th elsewhere, is judged as over text', () => {
  const wrong: number[] = [];
  for (let point = 0; point <= 0x10ffff; point += isDense(point) ? 1 : 97) {
    const bytes = encoder.encode(String.fromCodePoint(point));
    if (isPlainInPlace(bytes) !== isPlainOverText(bytes)) wrong.push(point);
  }
  expect(wrong).toEqual([]);
});

test('every pair of bytes, and every triple and quadruple of bytes at the borders, is judged as over text', () => {
  const borders = [0x22, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xa6, 0xa8, 0xae, 0xaf, 0xbf, 0xc0];
  const leads = [...borders, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xe2, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff];
  const wrong: string[] = [];
  const judge = (...codes: number[]) => {
    const bytes = Uint8Array.from(codes);
    if (isPlainInPlace(bytes) !== isPlainOverText(bytes)) wrong.push(codes.map((code) => code.toString(16)).join(' '));
  };
  for (let first = 0; first < 256; first++) for (let second = 0; second < 256; second++) judge(first, second);
  for (const a of leads) {
    for (const b of borders) {
      for (const c of leads) {
        judge(a, b, c);
        for (const d of borders) judge(a, b, c, d);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('only the bytes between start and end count', () => {
  const bytes = encoder.encode('"äöü"');
  expect(isPlainText(plain, bytes, 1, bytes.length - 1)).toBe(true);
  expect(isPlainText(plain, bytes, 0, bytes.length - 1)).toBe(false);
  // The end cuts a character in two.
  expect(isPlainText(plain, bytes, 1, bytes.length - 2)).toBe(false);
});
