import { expect, test } from 'vitest';
import { toBase32 } from './base32.ts';
import { toBase64 } from './base64.ts';
import { digestText, digestTextLength } from './digest-text.ts';
import { decodeName, isUtf8 } from './utf8.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('base64 of "%s" is as RFC 4648 gives it', (text, expected) => {
  expect(toBase64(ascii(text))).toBe(expected);
});

test('base64 covers every byte value', () => {
  const all = Uint8Array.from({ length: 256 }, (_, n) => n);
  expect(Uint8Array.from(atob(toBase64(all)), (c) => c.charCodeAt(0))).toEqual(all);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of "%s" is as RFC 4648 gives it, without padding', (text, expected) => {
  expect(toBase32(ascii(text))).toBe(expected);
});

test('a digest is written in the encoding of its field', () => {
  expect(digestText(Uint8Array.of(0x00, 0xff, 0x1a), 'hex')).toBe('00ff1a');
  expect(digestText(ascii('foobar'), 'base32')).toBe('MZXW6YTBOI');
  for (const encoding of ['hex', 'base32'] as const) {
    for (const bytes of [0, 1, 4, 20, 24, 64]) {
      expect(digestText(new Uint8Array(bytes), encoding)).toHaveLength(digestTextLength(bytes, encoding));
    }
  }
});

test('bytes that are UTF-8 are told from bytes that are not', () => {
  expect(isUtf8(ascii('é日👍'))).toBe(true);
  expect(isUtf8(Uint8Array.of(0xff))).toBe(false);
  expect(isUtf8(Uint8Array.of(0xc0, 0xaf)), 'an overlong form').toBe(false);
  expect(isUtf8(Uint8Array.of(0xed, 0xa0, 0x80)), 'a surrogate').toBe(false);
});

test('a name keeps a byte order mark at its start', () => {
  expect(decodeName(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: '\ufeffa', exact: true });
});

test('a name that is not UTF-8 is decoded as far as it goes', () => {
  expect(decodeName(Uint8Array.of(0x61, 0xe9, 0x62))).toEqual({ text: 'a\ufffdb', exact: false });
});
