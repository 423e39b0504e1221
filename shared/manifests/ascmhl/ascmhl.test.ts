import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { c4OfSha512, sha512OfC4 } from './c4.ts';
import { IgnoreFilter } from './ignore.ts';

test('the C4 id of nothing is the published one, and gives its SHA-512 back', () => {
  const sha512 = createHash('sha512').digest('hex');
  const c4 = 'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT';
  expect(c4OfSha512(sha512)).toBe(c4);
  expect(sha512OfC4(c4)).toBe(sha512);
});

test('small numbers are filled up to 90 characters', () => {
  const sha512 = '1'.padStart(128, '0');
  expect(c4OfSha512(sha512)).toBe(`c4${'1'.repeat(87)}2`);
  expect(sha512OfC4(c4OfSha512(sha512))).toBe(sha512);
});

test.each(['', 'c4', `c4${'0'.repeat(88)}`, `c4${'z'.repeat(88)}`, `c5${'1'.repeat(88)}`])('%j is no C4 id', (text) => {
  expect(sha512OfC4(text)).toBe(null);
});

test.each([
  [['*.tmp'], 'a/b.tmp', false, true],
  [['*.tmp'], 'a/b.tmpx', false, false],
  [['/top'], 'top', false, true],
  [['/top'], 'a/top', false, false],
  [['a/b'], 'a/b', false, true],
  [['a/b'], 'x/a/b', false, false],
  [['**/b'], 'x/a/b', false, true],
  [['build/'], 'build', false, false],
  [['build/'], 'build', true, true],
  [['build/'], 'x/build/file', false, true],
  [['*.tmp', '!keep.tmp'], 'keep.tmp', false, false],
  [['!keep.tmp', '*.tmp'], 'keep.tmp', false, true],
  [['# note', ''], '# note', false, false],
  [['\\#file'], '#file', false, true],
  [['trailing   '], 'trailing', false, true],
] as const)('%j: is %s ignored (a folder: %s)? %s', (patterns, path, folder, ignored) => {
  expect(new IgnoreFilter(patterns).ignores(path, folder)).toBe(ignored);
});
