/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { channels } from './channels.ts';
import { million } from './million.ts';
import { scan } from './scan.ts';

export const suites: readonly Suite[] = [channels, scan, million];
