import { expect, test } from 'vitest';
import { algorithmNames } from '#shared/tables/algorithms.ts';
import { algorithmList, memorySize, wholeNumber } from './option-values.ts';

test.each([
  ['64M', 64 * 2 ** 20],
  ['64m', 64 * 2 ** 20],
  ['64MiB', 64 * 2 ** 20],
  ['64MB', 64_000_000],
  ['1GiB', 2 ** 30],
  ['1G', 2 ** 30],
  ['33554432', 32 * 2 ** 20],
])('the size %s is %d bytes', (text, bytes) => {
  expect(memorySize(text)).toBe(bytes);
});

test.each(['', 'M', '1.5G', '-64M', '64 M', '64Q', '99999999T'])('"%s" is no size', (text) => {
  expect(() => memorySize(text)).toThrow('Expected a size');
});

test('algorithms keep the order in which they were asked for, each once', () => {
  expect(algorithmList('sha256, MD5,sha256', algorithmList('crc32'))).toEqual(['crc32', 'sha256', 'md5']);
});

test('all stands for every algorithm that was not named yet', () => {
  const list = algorithmList('md5,all');
  expect(list[0]).toBe('md5');
  expect([...list].sort()).toEqual([...algorithmNames].sort());
});

test.each(['1e3', '0x10', ' 5', '5.0', '', '11'])('"%s" is no whole number up to 10', (text) => {
  expect(() => wholeNumber(0, 10)(text)).toThrow('Expected a whole number from 0 to 10.');
});
