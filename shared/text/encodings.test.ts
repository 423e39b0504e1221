import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toBase32 } from './base32.ts';
import { toBase64 } from './base64.ts';
import { fromC4, fromS3Etag } from './custom-digests.ts';
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
  expect(digestText(ascii('foo'), 'base64')).toBe('Zm9v');
  for (const encoding of ['hex', 'base32', 'base64'] as const) {
    for (const bytes of [0, 1, 4, 20, 24, 64]) {
      expect(digestText(new Uint8Array(bytes), encoding)).toHaveLength(digestTextLength(bytes, encoding));
    }
  }
});

test('a C4 ID is 90 letters, and comes back from them', () => {
  // Of nothing and of “foo”, by the C4 project's own command.
  const nothing = 'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT';
  const foo = 'c45xZeXwMSpqXjpDumcHMA6mhoAmGHkUo7r9WmN2UgSEQzj9KjgseaQdkEJ11fGb5S1WEENcV3q8RFWwEeVpC7Fjk2';
  for (const [content, id] of [
    ['', nothing],
    ['foo', foo],
  ] as const) {
    expect(digestText(createHash('sha512').update(content).digest(), 'c4')).toBe(id);
  }
  for (const digest of [
    new Uint8Array(64),
    new Uint8Array(64).fill(255),
    Uint8Array.from({ length: 64 }, (_, n) => n),
  ]) {
    const text = digestText(digest, 'c4');
    expect(text).toHaveLength(digestTextLength(64, 'c4'));
    expect(fromC4(text)).toEqual(digest);
  }
  expect(fromC4(`c4${'z'.repeat(88)}`), 'more than 64 bytes hold').toBeNull();
  expect(fromC4(nothing.slice(1))).toBeNull();
});

test('an ETag of S3 is an MD5, and the number of parts where there were any', () => {
  const md5 = createHash('md5').update('').digest();
  const digest = (parts: number): Uint8Array => Uint8Array.from([...md5, 0, 0, parts >> 8, parts & 255]);
  expect(digestText(digest(0), 's3-etag')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  expect(digestText(digest(10_000), 's3-etag')).toBe('d41d8cd98f00b204e9800998ecf8427e-10000');
  expect(digestText(digest(10_000), 's3-etag')).toHaveLength(digestTextLength(20, 's3-etag'));
  for (const parts of [0, 1, 300, 10_000])
    expect(fromS3Etag(digestText(digest(parts), 's3-etag'))).toEqual(digest(parts));
  for (const bad of [
    'd41d8cd98f00b204e9800998ecf8427e-0',
    'd41d8cd98f00b204e9800998ecf8427e-10001',
    'd41d8cd9-1',
    '',
  ]) {
    expect(fromS3Etag(bad)).toBeNull();
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
