/** Sums over the rounds. */

/** The middle one, or the mean of the two in the middle. Throws RangeError for no numbers. */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError('The median of nothing');
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * How many times longer `theirs` takes than `ours`: the median of the ratios within each round, for
 * what disturbs the machine in one round disturbs both. Lists of equal length, one time a round.
 */
export function ratio(theirs: readonly number[], ours: readonly number[]): number {
  if (theirs.length !== ours.length) throw new RangeError('A time is missing in some round');
  return median(theirs.map((time, round) => time / ours[round]!));
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(numbers: readonly number[]): Spread {
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
}
