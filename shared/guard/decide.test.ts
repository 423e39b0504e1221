import { expect, test } from 'vitest';
import { decide, type KnownFacts, replacesRecord } from './decide.ts';
import { compareTimes } from './times.ts';

const second = 1_000_000_000n;
const recorded = 1_700_000_000n * second + 123_456_789n;
const digest = Uint8Array.from([1, 2, 3, 4]);
const other = Uint8Array.from([1, 2, 3, 5]);

const known = (more: Partial<KnownFacts> = {}): KnownFacts => ({
  size: 4,
  modifiedNs: recorded,
  digest,
  isDamaged: false,
  ...more,
});

/** Content × modification time × size × whether it was damaged before. */
test.each<['same' | 'other', 'same' | 'newer' | 'older', 'same' | 'other', boolean, string]>([
  ['same', 'same', 'same', false, 'ok'],
  ['same', 'newer', 'same', false, 'touched'],
  ['same', 'older', 'same', false, 'touched'],
  ['other', 'same', 'same', false, 'damaged'],
  ['other', 'same', 'other', false, 'damaged'],
  ['other', 'newer', 'same', false, 'updated'],
  ['other', 'newer', 'other', false, 'updated'],
  ['other', 'older', 'same', false, 'older'],
  ['other', 'older', 'other', false, 'older'],
  // What was damaged is never accepted by a later check.
  ['same', 'same', 'same', true, 'ok'],
  ['same', 'newer', 'same', true, 'touched'],
  ['same', 'older', 'same', true, 'touched'],
  ['other', 'same', 'same', true, 'damaged'],
  ['other', 'same', 'other', true, 'damaged'],
  ['other', 'newer', 'same', true, 'damaged'],
  ['other', 'newer', 'other', true, 'damaged'],
  ['other', 'older', 'same', true, 'damaged'],
  ['other', 'older', 'other', true, 'damaged'],
])('%s content, %s time, %s size, damaged before: %s → %5$s', (content, time, size, isDamaged, state) => {
  const modifiedNs = recorded + (time === 'same' ? 0n : time === 'newer' ? 5n * second : -5n * second);
  const found = { size: size === 'same' ? 4 : 5, modifiedNs, digest: content === 'same' ? digest : other };
  expect(decide(known({ isDamaged }), found)).toBe(state);
});

test('damage never takes the place of what is on record', () => {
  expect(replacesRecord('damaged')).toBe(false);
  expect(replacesRecord('unreadable')).toBe(false);
  expect(replacesRecord('gone')).toBe(false);
});

test('times are compared at the coarser granularity of both', () => {
  expect(compareTimes(recorded - (recorded % second), recorded)).toBe(0);
  expect(compareTimes(recorded - (recorded % 100n), recorded)).toBe(0);
  expect(compareTimes(recorded - (recorded % (2n * second)), recorded)).toBe(0);
  expect(compareTimes(recorded + 2_000n, recorded)).toBe(1);
  expect(compareTimes(recorded - 2_000n, recorded)).toBe(-1);
  expect(compareTimes(recorded - (recorded % second) + second, recorded)).toBe(0);
  expect(compareTimes(recorded - (recorded % second) + 3n * second, recorded)).toBe(1);
});

test.each([1_600_000_000_500_000_000n, recorded, recorded + 987_654_321n])(
  'a time that went through floating-point numbers is still the same (%s)',
  (time) => {
    // Seconds, and milliseconds as a Date has them.
    for (const seconds of [Number(time) / 1e9, Math.round(Number(time) / 1e6) / 1e3]) {
      const whole = Math.trunc(seconds);
      const set = BigInt(whole) * second + BigInt(Math.trunc((seconds - whole) * 1e9));
      expect(compareTimes(set, time)).toBe(0);
      expect(compareTimes(set + 5n * second, time)).toBe(1);
      expect(compareTimes(set - 5n * second, time)).toBe(-1);
    }
  },
);
