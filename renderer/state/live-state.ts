/** What changes ten times a second. Apart from the rest of the state, so that nothing else wakes. */
import type { ProcessReading } from '#shared/contract/models.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import type { Progress } from '../progress/progress.ts';

export interface LiveState {
  readonly reading: StatsReading | null;
  /** null while no job that is shown is at work. */
  readonly progress: Progress | null;
  /** How much of each job at work is done, 0 … 1; those whose files are still being counted are not in it. */
  readonly fractions: ReadonlyMap<number, number>;
  readonly process: ProcessReading | null;
}

export const initialLiveState: LiveState = { reading: null, progress: null, fractions: new Map(), process: null };
