/** What Hashlane wants to reach, and whether it did. */
import { judge, type Threshold } from '../measuring/threshold.ts';
import { ourName } from './contenders.ts';
import type { ContenderResult, SuiteResult } from './results.ts';

export type Measured = Omit<SuiteResult, 'thresholds'>;

/** `before` are the suites that were measured earlier in the same run. */
export type Rule = (suite: Measured, before: readonly Measured[]) => Threshold;

const ours = (suite: Measured): ContenderResult | undefined => suite.contenders.find(({ name }) => name === ourName);

/** At least `times` as fast as the fastest of `peers` that took part. */
export function timesFaster(times: number, ...peers: readonly [string, ...string[]]): Rule {
  const whom = peers.length > 1 ? `the best of ${peers.join(', ')}` : peers[0];
  return (suite) => {
    const ratios = suite.contenders.filter(({ name }) => peers.includes(name)).map(({ hashlaneIs }) => hashlaneIs!);
    const value = ratios.length > 0 ? Math.min(...ratios) : null;
    return judge(`at least × ${times} the speed of ${whom}`, value, (reached) => reached >= times);
  };
}

/** At most `times` as long as what the work costs without any hashing. */
export function timesBaseline(times: number, baseline: string): Rule {
  return (suite) => {
    const ratio = suite.contenders.find(({ name }) => name === baseline)?.hashlaneIs;
    return judge(`at most × ${times} the time of ${baseline}`, ratio ? 1 / ratio : null, (reached) => reached <= times);
  };
}

/** In MB of 1,000,000 bytes. */
export function memoryBelow(megabytes: number): Rule {
  return (suite) => {
    const peak = ours(suite)?.peakMemoryBytes;
    const value = peak === undefined ? null : peak / 1e6;
    return judge(`less than ${megabytes} MB of memory`, value, (reached) => reached < megabytes);
  };
}

/** No more than a tenth above the peak of an earlier, smaller suite. */
export function memoryNotAbove(smaller: string): Rule {
  return (suite, before) => {
    const here = ours(suite)?.peakMemoryBytes;
    const there = before.find(({ name }) => name === smaller);
    const least = there && ours(there)?.peakMemoryBytes;
    const value = here !== undefined && least !== undefined ? here / least : null;
    return judge(`at most × 1.1 the memory of ${smaller}`, value, (reached) => reached <= 1.1);
  };
}
