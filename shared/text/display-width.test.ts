import { expect, test } from 'vitest';
import { displayWidth, keepEnd } from './display-width.ts';

test('plain and accented letters take a column each, however they are composed', () => {
  expect(displayWidth('café')).toBe(4);
  expect(displayWidth('cafe\u0301')).toBe(4);
});

test('ideographs and pictures take two', () => {
  expect(displayWidth('日本')).toBe(4);
  expect(displayWidth('🙂')).toBe(2);
});

test('a text that fits is left alone', () => {
  expect(keepEnd('folder/file', 11)).toBe('folder/file');
});

test('of a text that is too long the end is kept', () => {
  expect(keepEnd('folder/file', 5)).toBe('…file');
});

test('a wide character is never cut in two', () => {
  expect(keepEnd('日本語', 4)).toBe('…語');
});

test('nothing fits in no columns', () => {
  expect(keepEnd('file', 0)).toBe('');
});
