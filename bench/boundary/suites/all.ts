/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { counters } from './counters.ts';

export const suites: readonly Suite[] = [counters];
