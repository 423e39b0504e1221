/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { automaticBatching } from './automatic-batching.ts';

export const suites: readonly Suite[] = [automaticBatching];
