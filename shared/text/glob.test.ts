import { describe, expect, test } from 'vitest';
import { globMatches, PathFilter } from './glob.ts';

/** The table of native/tests/io/glob_test.cc: both must always agree. */
const table: Readonly<Record<string, readonly (readonly [pattern: string, text: string, matches: boolean])[]>> = {
  'a star and a question mark stay within a segment': [
    ['*.jpg', 'photo.jpg', true],
    ['*', '', true],
    ['*.jpg', 'a/photo.jpg', false],
    ['*/*.jpg', 'a/photo.jpg', true],
    ['a?c', 'abc', true],
    ['a?c', 'aéc', true],
    ['a?c', 'a👍c', true],
    ['a?c', 'aééc', false],
    ['a?c', 'a/c', false],
    ['a?c', 'ac', false],
    ['*a*b*c', 'xxaxxbxxc', true],
    ['*a*b*c', 'xxaxxcxxb', false],
  ],
  'two stars span segments': [
    ['**/c', 'c', true],
    ['**/c', 'a/b/c', true],
    ['**/c', 'a/bc', false],
    ['a/**', 'a/b/c', true],
    ['a/**/d', 'a/d', true],
    ['a/**/d', 'a/b/c/d', true],
    ['**/x*/y', 'a/xb/xc/y', true],
    ['a/**/d', 'b/c/d', false],
  ],
  'sets and escapes': [
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[!a-c]x', 'dx', true],
    ['[]]', ']', true],
    ['[ab', '[ab', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
  ],
};

for (const [behaviour, rows] of Object.entries(table)) {
  test.each(rows)(`${behaviour}: %j against %j`, (pattern, text, matches) => {
    expect(globMatches(pattern, text)).toBe(matches);
  });
}

test('a hostile pattern ends soon', () => {
  expect(globMatches(`${'*a**a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
});

describe('a path filter', () => {
  test('holds patterns with a slash against the whole path', () => {
    const filter = new PathFilter({ include: [], exclude: ['build', '/top.txt', 'docs/*.pdf'], hidden: true });
    expect(filter.keepsFolder('deep/build')).toBe(false);
    expect(filter.keepsFile('top.txt')).toBe(false);
    expect(filter.keepsFile('deep/top.txt')).toBe(true);
    expect(filter.keepsFile('docs/a.pdf')).toBe(false);
    expect(filter.keepsFile('deep/docs/a.pdf')).toBe(true);
  });

  test('includes files but goes into every folder', () => {
    const filter = new PathFilter({ include: ['*.jpg'], exclude: [], hidden: false });
    expect(filter.keepsFile('a.jpg')).toBe(true);
    expect(filter.keepsFile('deep/a.txt')).toBe(false);
    expect(filter.keepsFile('.a.jpg')).toBe(false);
    expect(filter.keepsFolder('photos')).toBe(true);
    expect(filter.keepsFolder('.git')).toBe(false);
    expect(filter.keepsFolder('deep/.git')).toBe(false);
  });

  test('takes a pattern that ends with a slash for folders alone', () => {
    const filter = new PathFilter({ include: [], exclude: ['build/'], hidden: true });
    expect(filter.keepsFolder('build')).toBe(false);
    expect(filter.keepsFile('build')).toBe(true);
  });
});
