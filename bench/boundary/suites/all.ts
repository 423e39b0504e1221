/** Every suite of the boundary's benchmarks, in the order in which they run and are shown. */
import type { Suite } from '../suite.ts';
import { automaticBatching } from './automatic-batching.ts';
import { batches } from './batches.ts';
import { build } from './build.ts';
import { calls } from './calls.ts';
import { channels } from './channels.ts';
import { counters } from './counters.ts';
import { memory } from './memory.ts';
import { million } from './million.ts';
import { panelSuite } from './panel.ts';
import { paths } from './paths.ts';
import { scan } from './scan.ts';
import { slabs } from './slabs.ts';

export const suites: readonly Suite[] = [
  calls,
  batches,
  paths,
  slabs,
  automaticBatching,
  memory,
  counters,
  channels,
  scan,
  panelSuite,
  million,
  build,
];
