/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { build } from './build.ts';
import { panelSuite } from './panel.ts';

export const suites: readonly Suite[] = [panelSuite, build];
