import { describe, expect, test } from 'vitest';
import { Balance, largeWeight, weightOf } from './balance.ts';

function balance(sizes: readonly number[], parts: number): { part: number[]; bytes: number[]; files: number[] } {
  const total = sizes.reduce((sum, size) => sum + weightOf(size), 0);
  const large = sizes.map(weightOf).filter((weight) => weight > largeWeight(total, parts));
  const balancing = new Balance(parts, total, Float64Array.from(large));
  const part = sizes.map((size) => balancing.partOf(size));
  const bytes = new Array<number>(parts).fill(0);
  const files = new Array<number>(parts).fill(0);
  part.forEach((to, index) => {
    bytes[to]! += sizes[index]!;
    files[to]!++;
  });
  return { part, bytes, files };
}

/** The same numbers at each run. */
function* random(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield (state + 0.5) / 2 ** 32;
  }
}

/** Sizes as file systems have them: most small, few huge. */
function sizesOf(count: number, exponent: number): number[] {
  const numbers = random(count);
  return Array.from({ length: count }, () => Math.floor(2_000 * numbers.next().value! ** -exponent));
}

const spread = (bytes: readonly number[]): number => {
  const mean = bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
  return Math.max(...bytes.map((one) => Math.abs(one - mean) / mean));
};

describe('parts', () => {
  test.each([
    ['of like files', 0],
    ['of some larger ones', 0.4],
    ['of a few huge ones', 0.7],
  ])('of a million %s differ by at most 2 %% in bytes', (_, exponent) => {
    const sizes = sizesOf(1_000_000, exponent);
    for (const parts of [2, 64]) {
      const { bytes } = balance(sizes, parts);
      const largest =
        sizes.reduce((most, size) => Math.max(most, size)) / (bytes.reduce((sum, one) => sum + one, 0) / parts);
      expect(largest).toBeLessThan(1);
      expect(spread(bytes)).toBeLessThan(0.02);
    }
  });

  test('differ by no more where all that is large comes first, or last', () => {
    const sizes = sizesOf(100_000, 0.5).sort((a, b) => a - b);
    expect(spread(balance(sizes, 16).bytes)).toBeLessThan(0.02);
    expect(spread(balance(sizes.reverse(), 16).bytes)).toBeLessThan(0.02);
  });

  test('are runs of the walk where nothing is large', () => {
    const { part } = balance(new Array<number>(10_000).fill(100), 10);
    expect(part).toEqual([...part].sort((a, b) => a - b));
  });

  test('share a file that is larger than all others together with nothing else', () => {
    const { part, files } = balance([1e12, 1, 2, 3, 4, 5, 6], 4);
    expect(files[part[0]!]).toBe(1);
    expect(files.reduce((sum, count) => sum + count)).toBe(7);
  });

  test('get like numbers of empty files, and may stay empty where there are too few', () => {
    expect(balance(new Array<number>(400).fill(0), 4).files).toEqual([100, 100, 100, 100]);
    expect(balance([], 3).files).toEqual([0, 0, 0]);
    expect(balance([5], 3).files.reduce((sum, count) => sum + count)).toBe(1);
  });
});
