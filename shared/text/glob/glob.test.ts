import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ignoringCase } from './ignore-case.ts';
import { globMatches } from './match.ts';
import { PathFilter } from './path-filter.ts';
import { patternProblem } from './problem.ts';

/** The rows of a table that C++ includes: JSON, but for the braces. */
function vectors<Row>(file: string): Row[] {
  const text = readFileSync(new URL(`../../../native/tests/io/${file}`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => line.replace(/"(?:[^"\\]|\\.)*"|[{}]/g, (part) => ({ '{': '[', '}': ']' })[part] ?? part))
    .map((line) => JSON.parse(line.replace(/,$/, '')) as Row);
}

test.each(vectors<[string, string, boolean]>('glob_vectors.inc'))('%j against %j: %j', (pattern, text, fits) => {
  expect(globMatches(pattern, text)).toBe(fits);
});

test.each(vectors<[string[], string[], string[], string, boolean, boolean]>('path_filter_vectors.inc'))(
  'include %j, exclude %j, ignore %j: %j (folder: %j) is kept: %j',
  (include, exclude, ignore, path, folder, kept) => {
    const filter = new PathFilter({ include, exclude, ignore, hidden: true });
    expect(folder ? filter.keepsFolder(path) : filter.keepsFile(path)).toBe(kept);
  },
);

test('hidden names are left out where they are not wanted', () => {
  const filter = new PathFilter({ include: ['*.jpg'], exclude: [], hidden: false });
  expect(filter.keepsFile('.a.jpg')).toBe(false);
  expect(filter.keepsFolder('.git')).toBe(false);
  expect(filter.keepsFolder('deep/.git')).toBe(false);
  expect(filter.keepsFolder('photos')).toBe(true);
});

test('a hostile pattern ends soon', () => {
  expect(globMatches(`${'*a**a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
});

describe('a pattern that a person gave', () => {
  test.each([
    ['[tmp', "'[' at character 1 is not closed"],
    ['*.[jp', "'[' at character 3 is not closed"],
    ['é[z-a]', "the range 'z-a' at character 3 is upside down"],
    ['[[:nosuch:]]', "there is no class 'nosuch' (character 2)"],
    ['a{b,c', "'{' at character 2 is not closed"],
    ['a\\', "nothing follows the '\\' at character 2"],
    ['', 'it is empty'],
    ['{a,b}'.repeat(40), 'its braces stand for more than 1000 patterns'],
  ])('%j is refused', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });

  test.each(['*', '[a-z]', '[]]', '[!]a]', '[[:alpha:]_-]', '{a,b}', '{abc}', '\\[', '[{]', '[a-]', './a/'])(
    '%j is well',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined();
    },
  );
});

test.each([
  ['*.JPG', 'a.jpg', true],
  ['*.jpg', 'a.JpG', true],
  ['É*', 'été', true],
  ['straße', 'STRAßE', true],
  ['[a-c]x', 'BX', true],
  ['[!a-c]x', 'BX', false],
  ['[]a]', 'A', true],
  ['[[:upper:]]', 'a', true],
  ['\\*A', '*a', true],
  ['a/**/B', 'A/x/b', true],
  ['1?', '12', true],
])('without regard to case %j fits %j: %j', (pattern, text, fits) => {
  expect(globMatches(ignoringCase(pattern), text)).toBe(fits);
});
