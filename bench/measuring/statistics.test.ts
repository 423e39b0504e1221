import { expect, test } from 'vitest';
import { rotate } from './rounds.ts';
import { median, ratio, spread } from './statistics.ts';

test('the median is the middle one, or the mean of the two in the middle', () => {
  expect(median([3])).toBe(3);
  expect(median([9, 1, 2])).toBe(2);
  expect(median([10, 9, 1, 2])).toBe(5.5);
  expect(() => median([])).toThrow(RangeError);
});

test('the median does not change the order of what it is given', () => {
  const numbers = [3, 1, 2];
  median(numbers);
  expect(numbers).toEqual([3, 1, 2]);
});

test('a ratio compares times of the same round, so that a slow round changes nothing', () => {
  expect(ratio([2, 20, 2], [1, 10, 1])).toBe(2);
  // Of the medians it would be 4 / 2.
  expect(ratio([4, 4, 30], [1, 2, 10])).toBe(3);
  expect(() => ratio([1, 2], [1])).toThrow(RangeError);
});

test('a spread holds the middle and both ends', () => {
  expect(spread([2, 5, 3])).toEqual({ median: 3, min: 2, max: 5 });
});

test('every round begins with another contender and leaves nobody out', () => {
  expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  expect(rotate([], 3)).toEqual([]);
});
