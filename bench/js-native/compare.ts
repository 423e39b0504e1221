/** Times variants of doing the same, one after the other, in this process. */
import { rotate } from '../measuring/rounds.ts';
import type { RowInput, Setting, Variant } from '../measuring/suite.ts';
import { benchAddon } from './addon.ts';

/** What one variant does; the number keeps the compiler from leaving it out. */
export type Once = (at: number) => number;

/** A loop around `once`; the call itself takes about 3 ns. */
export interface Timed {
  readonly name: string;
  readonly run: (times: number) => number;
}

export const timed = (name: string, once: Once): Timed => ({
  name,
  run(times) {
    let sum = 0;
    for (let at = 0; at < times; at++) sum += once(at);
    return sum;
  },
});

/** Nanoseconds, from any beginning. */
type Clock = () => number;

/** Nothing reads it but the compiler must believe that somebody may. */
let taken = 0;

function nanoseconds(variant: Timed, times: number, clock: Clock): number {
  const before = clock();
  taken += variant.run(times);
  return clock() - before;
}

/** How many runs take about `targetNs`, found with runs that also warm the variant. */
function calibrate(variant: Timed, targetNs: number, clock: Clock): number {
  for (let times = 1; ; times *= 4) {
    const spent = nanoseconds(variant, times, clock);
    if (spent * 4 >= targetNs || times >= 2 ** 26) {
      return Math.max(1, Math.round((times * targetNs) / Math.max(spent, 1)));
    }
  }
}

const unitNs = { ns: 1, µs: 1e3 };

export interface Comparison extends Pick<RowInput, 'what' | 'per' | 'note'> {
  readonly unit: keyof typeof unitNs;
  /** How many of `per` one run handles. */
  readonly units?: number;
  /** Ours first. */
  readonly variants: readonly Timed[];
}

/** Milliseconds of a variant in a round; short, so that what disturbs one variant disturbs its neighbours. */
const roundMs = { full: 40, quick: 4 };

/** Garbage of one variant must not be collected in the time of the next; needs --expose-gc. */
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});

/**
 * The clock counts the processor's time of this thread, unless another is given: what else the machine does meanwhile
 * is left out. So are V8's own threads, which collect garbage beside this one; that favours variants that make much.
 */
export function compare(
  { what, per, unit, units = 1, variants, note }: Comparison,
  { rounds, quick }: Pick<Setting, 'rounds' | 'quick'>,
  clock: Clock = benchAddon().threadNs,
): RowInput {
  const targetNs = (quick ? roundMs.quick : roundMs.full) * 1e6;
  const entries = variants.map((variant) => ({
    variant,
    times: calibrate(variant, targetNs, clock),
    rounds: [] as number[],
  }));
  // The first round warms, all variants having been seen by the compiler, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const entry of rotate(entries, round)) {
      collect();
      const value = nanoseconds(entry.variant, entry.times, clock) / entry.times / units / unitNs[unit];
      if (round > 0) entry.rounds.push(value);
    }
  }
  if (Number.isNaN(taken)) throw new Error(`${what}: a variant gave no number`);
  const [ours, ...plain] = entries.map(
    ({ variant, rounds: values }): Variant => ({ name: variant.name, rounds: values }),
  );
  return { what, per, unit, ours: ours!, plain, ...(note === undefined ? {} : { note }) };
}

/** The same for work that is waited for: microseconds on the clock for one of `count`. */
export async function compareAsync(
  row: Pick<RowInput, 'what' | 'per' | 'note'>,
  variants: Readonly<Record<string, () => Promise<unknown>>>,
  count: number,
  { rounds }: Pick<Setting, 'rounds'>,
): Promise<RowInput> {
  const entries = Object.entries(variants).map(([name, run]) => ({ name, run, rounds: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const entry of rotate(entries, round)) {
      const began = performance.now();
      await entry.run();
      if (round > 0) entry.rounds.push(((performance.now() - began) * 1000) / count);
    }
  }
  const [ours, ...plain] = entries.map(({ name, rounds: values }): Variant => ({ name, rounds: values }));
  return { ...row, unit: 'µs', ours: ours!, plain };
}
