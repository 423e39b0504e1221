import { expect, test } from 'vitest';
import { escapeControlsInJson, makeVisible } from './visible.ts';

test('plain text stays as it is, in any script', () => {
  expect(makeVisible('Ünïcödé/日本語 👍.txt')).toBe('Ünïcödé/日本語 👍.txt');
});

test('line ends, tabs and escape sequences become visible', () => {
  expect(makeVisible('a\tb\nc\rd\x1b[2Je\x7f\x00')).toBe('a\\tb\\nc\\rd\\x1b[2Je\\x7f\\x00');
});

test('C1 controls become visible, for some terminals obey them', () => {
  expect(makeVisible('a\x9b2J\x85')).toBe('a\\x9b2J\\x85');
});

test('a name cannot turn its own direction around', () => {
  expect(makeVisible('a\u202etxt.exe')).toBe('a\\u202etxt.exe');
  expect(makeVisible('\u202a\u2066\u2069')).toBe('\\u202a\\u2066\\u2069');
});

test('separators that some viewers break lines at become visible', () => {
  expect(makeVisible('a\u2028b\u2029c')).toBe('a\\u2028b\\u2029c');
});

test('characters without width and tags become visible, wherever they hide', () => {
  expect(makeVisible('a\u200bb\u200e\u061c\ufeff')).toBe('a\\u200bb\\u200e\\u061c\\ufeff');
  expect(makeVisible('x\u{e0041}\u{e007f}')).toBe('x\\u{e0041}\\u{e007f}');
  expect(JSON.parse(escapeControlsInJson('"\u{e0041}\u200d"'))).toBe('\u{e0041}\u200d');
});

test('JSON with controls escaped reads back as the same text', () => {
  const text = 'a\x1b\x9b\x7f\u202e\u2028"\\é';
  const json = escapeControlsInJson(JSON.stringify(text));
  expect(json).toBe('"a\\u001b\\u009b\\u007f\\u202e\\u2028\\"\\\\é"');
  expect(JSON.parse(json)).toBe(text);
});
