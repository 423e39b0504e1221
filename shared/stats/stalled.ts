/** What a person has to be told of: paths that the device under them does not answer for. */
import type { ThreadReading } from './reader.ts';

export interface Stalled {
  readonly path: string;
  readonly seconds: number;
}

/**
 * The longest first. A thread that lists for several jobs has none of its own, and counts; nobody waits for one
 * that reads ahead.
 */
export function stalledPaths(threads: readonly ThreadReading[], jobIds: readonly number[]): Stalled[] {
  return threads
    .filter(({ state, kind, jobId }) => state === 'stalled' && kind !== 'prefetcher' && [0, ...jobIds].includes(jobId))
    .map(({ name, stalledNs }) => ({ path: name, seconds: stalledNs / 1e9 }))
    .sort((a, b) => b.seconds - a.seconds);
}
