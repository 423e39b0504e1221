import { expect, test } from 'vitest';
import { isPathWithin, isWithin } from './within.ts';

const cases: [string, string, boolean][] = [
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/a', '/a/b', false],
  ['/a', '/', true],
  ['/..b', '/', true],
];

test.each(cases)('%s within %s: %o', (name, root, expected) => {
  expect(isWithin(Buffer.from(name), Buffer.from(root))).toBe(expected);
  expect(isPathWithin(name, root)).toBe(expected);
});
