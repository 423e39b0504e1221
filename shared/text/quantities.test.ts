import { expect, test } from 'vitest';
import { formatClock, formatCount, formatDuration, formatPercent, formatRate, formatSize } from './quantities.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('the count %d reads %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [1_404_000, '1.40 MB'],
  [9_994_999, '9.99 MB'],
  [9_996_000, '10.0 MB'],
  [99_960_000, '100 MB'],
  [999_499_999, '999 MB'],
  [999_500_000, '1.00 GB'],
  [2 ** 53, '9.01 PB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test('a rate is a size a second', () => {
  expect(formatRate(812_345_678)).toBe('812 MB/s');
});

test.each([
  [0, '0:00'],
  [7.4, '0:07'],
  [59.6, '1:00'],
  [754, '12:34'],
  [3723, '1:02:03'],
  [3 * 86_400 + 4 * 3600 + 5 * 60, '3 d 04:05'],
  [-1, '0:00'],
])('%d seconds on the clock read %s', (seconds, text) => {
  expect(formatClock(seconds)).toBe(text);
});

test.each([
  [0.00034, '340 µs'],
  [0.0123, '12 ms'],
  [0.9996, '1.0 s'],
  [3.44, '3.4 s'],
  [754, '12:34'],
])('a duration of %d seconds reads %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.001, '< 1 %'],
  [0.424, '42 %'],
  [0.999, '> 99 %'],
  [1, '100 %'],
])('a part of %d reads %s', (part, text) => {
  expect(formatPercent(part)).toBe(text);
});
