import { describe, expect, test } from 'vitest';
import { compare } from '../js-native/compare.ts';
import { atLeast, medianText, timesOurs, valueText } from './figures.ts';
import { row } from './suite.ts';
import { suiteText } from './terminal.ts';

const ours = { name: 'ours', rounds: [1, 2, 10] };
const plain = { name: 'plain', rounds: [4, 4, 30] };
const measured = { what: 'x/y', per: 'call', unit: 'ns' as const, ours, plain: [plain] };

test('how many times as much is the median of the ratios of each round', () => {
  // Of the medians it would be 4 / 2.
  expect(timesOurs({ ours }, plain)).toBe(3);
});

test('nothing is a multiple of zero', () => {
  expect(timesOurs({ ours: { name: 'ours', rounds: [0, 1, 1] } }, plain)).toBeNull();
});

test.each([
  [0.0421, 'ns', '0.042 ns'],
  [4.214, 'ns', '4.21 ns'],
  [42.14, 'µs', '42.1 µs'],
  [1234.5678, 'ms', '1,235 ms'],
  [1_234_567.8, 'ns', '1,234,568 ns'],
  [64_000, 'bytes', '64.0 kB'],
  [1.25, '%', '1.25 %'],
] as const)('%d %s is written %s', (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

test('the text of a variant is that of its median', () => {
  expect(medianText(plain, 'ns')).toBe('4.00 ns');
});

describe('a threshold', () => {
  test('is met from its value on', () => {
    expect(atLeast(3, measured, 'plain')).toEqual({ text: 'at least × 3 against plain', value: 3, met: true });
    expect(atLeast(3.1, measured, 'plain').met).toBe(false);
  });

  test('is neither met nor missed against what was not measured', () => {
    expect(atLeast(2, measured, 'other')).toEqual({ text: 'at least × 2 against other', value: null, met: null });
  });
});

test('a row in which a variant lacks a round is refused', () => {
  expect(row.safeParse(measured).success).toBe(true);
  expect(row.safeParse({ ...measured, plain: [{ name: 'plain', rounds: [1] }] }).success).toBe(false);
});

test('every variant is run in every round, and the value is of one unit', () => {
  const runs: Record<string, number> = { a: 0, b: 0 };
  const variant = (name: string, spin: number) => ({
    name,
    run: (times: number): number => {
      runs[name]! += 1;
      let sum = 0;
      for (let at = 0; at < times * spin; at++) sum += Math.sqrt(at);
      return sum;
    },
  });
  const made = compare(
    { what: 'w', per: 'p', unit: 'ns', units: 10, variants: [variant('a', 100), variant('b', 2000)] },
    { rounds: 3, quick: true },
    () => Number(process.hrtime.bigint()),
  );
  expect(row.parse(made).ours.rounds).toHaveLength(3);
  expect(runs.a).toBeGreaterThanOrEqual(4);
  // Twenty times the work: more than twice the time on any machine, however busy.
  expect(timesOurs(made, made.plain[0]!)).toBeGreaterThan(2);
});

test('the table shows what, variants, multiples, thresholds, notes and failures', () => {
  const text = suiteText({
    name: 'calls',
    about: 'what a call costs',
    rows: [{ ...measured, thresholds: [atLeast(4, measured, 'plain')], note: 'read with care' }],
    failure: 'it fell',
  });
  expect(text).toContain('calls: what a call costs\n');
  expect(text).toMatch(/x\/y +1 call +ours +2\.00 ns\n/);
  expect(text).toContain('\n  x/y: at least × 4 against plain: MISSED, 3.00\n');
  expect(text).toMatch(/plain +4\.00 ns +× 3\.00\n/);
  expect(text).toContain('\n  x/y: read with care\n');
  expect(text).toContain('FAILED: it fell');
});
