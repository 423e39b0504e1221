/** Times ways of doing the same, in turn, in this process. */

import { inTurn } from '../measuring/turns.ts';
import { benchAddon } from './addon.ts';
import type { Row, Setting, Unit, Way } from './suite.ts';

export interface Timed {
  readonly name: string;
  /**
   * Does the work of `times` runs in a loop of its own. What it returns is taken in, so that nothing that was asked
   * for can be left out by the compiler.
   */
  readonly run: (times: number) => number;
}

const unitNs: Partial<Record<Unit, number>> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };

/** Nothing reads it but the compiler must believe that somebody may. */
let taken = 0;

/** Nanoseconds, from any beginning. */
type Clock = () => number;

function nanoseconds(way: Timed, times: number, clock: Clock): number {
  const before = clock();
  taken += way.run(times);
  return clock() - before;
}

/** How many runs take about `targetNs`, found with runs that also warm the way. */
function calibrate(way: Timed, targetNs: number, clock: Clock): number {
  for (let times = 1; ; times *= 4) {
    const spent = nanoseconds(way, times, clock);
    if (spent * 4 >= targetNs || times >= 2 ** 26) {
      return Math.max(1, Math.round((times * targetNs) / Math.max(spent, 1)));
    }
  }
}

export interface Comparison {
  readonly what: string;
  readonly per: string;
  readonly unit: 'ns' | 'µs' | 'ms' | 's';
  /** How many of `per` one run handles. */
  readonly units?: number;
  readonly ours: Timed;
  readonly plain: readonly Timed[];
  readonly note?: string;
}

/** Milliseconds that each way gets in a round; short enough that what disturbs one way disturbs its neighbours. */
const turnMs = { full: 40, quick: 4 };

/** Garbage of one way must not be collected in the time of the next; needs --expose-gc. */
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});

/**
 * The clock counts the processor's time of this thread, unless another is given: what else the machine does meanwhile
 * is left out. So are V8's own threads, which collect garbage beside this one; that favours ways that make much of it.
 */
export function compare(
  comparison: Comparison,
  { rounds, quick }: Pick<Setting, 'rounds' | 'quick'>,
  clock: Clock = benchAddon().threadNs,
): Row {
  const { what, per, unit, units = 1, ours, plain, note } = comparison;
  const targetNs = (quick ? turnMs.quick : turnMs.full) * 1e6;
  const ways = [ours, ...plain].map((way) => ({ way, times: calibrate(way, targetNs, clock), rounds: [] as number[] }));
  // The first round warms, all ways having been seen by the compiler, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const entry of inTurn(ways, round)) {
      collect();
      const value = nanoseconds(entry.way, entry.times, clock) / entry.times / units / unitNs[unit]!;
      if (round > 0) entry.rounds.push(value);
    }
  }
  if (Number.isNaN(taken)) throw new Error(`${what}: a way gave no number`);
  const [first, ...rest] = ways.map(({ way, rounds: values }): Way => ({ name: way.name, rounds: values }));
  return { what, per, unit, ours: first!, plain: rest, ...(note === undefined ? {} : { note }) };
}
