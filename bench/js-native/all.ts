/** Techniques between native threads and JavaScript, each against its plain alternative. Settled; kept repeatable. */
import type { Suite } from '../measuring/suite.ts';
import { batches } from './batches.ts';
import { calls } from './calls.ts';
import { channels } from './channels.ts';
import { memory } from './memory.ts';
import { paths } from './paths.ts';
import { singleFiles } from './single-files.ts';

export const jsNative: readonly Suite[] = [calls, batches, paths, singleFiles, memory, channels];
