/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { batches } from './batches.ts';
import { calls } from './calls.ts';
import { paths } from './paths.ts';
import { slabs } from './slabs.ts';

export const suites: readonly Suite[] = [calls, batches, paths, slabs];
