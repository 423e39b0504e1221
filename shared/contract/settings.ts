/** What the person can set. */
import * as z from 'zod';
import { engineLimits, limits } from '../jobs/limits.ts';
import { defaultWalk } from '../jobs/walk-options.ts';
import { algorithmList } from './algorithms.ts';
import { historyLimits } from './history.ts';
import { walkOptions } from './walk.ts';

export const theme = z.enum(['system', 'light', 'dark']);

export const settings = z.object({
  theme,
  algorithms: algorithmList,
  walk: walkOptions,
  /** Worker threads; null: one per core. Takes effect at the next start of the app. */
  threads: z.number().int().min(1).max(limits.threads).nullable(),
  /** Ceiling of the engine's buffers, MiB. Takes effect at the next start of the app. */
  memoryLimitMiB: z
    .number()
    .int()
    .min(engineLimits.minMemoryLimit / 2 ** 20)
    .max(limits.memoryLimitMiB),
  /** Start hashing as soon as something is added. */
  startOnAdd: z.boolean(),
  /** Looking for new versions by itself: `ask` until the person has chosen. */
  updates: z.enum(['never', 'ask', 'weekly']),
  /** What the history may have; what is kept, or can go on, is never deleted. */
  history: historyLimits,
});
export type Settings = z.infer<typeof settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  algorithms: ['sha256'],
  walk: defaultWalk,
  threads: null,
  memoryLimitMiB: 256,
  startOnAdd: false,
  updates: 'ask',
  history: { days: null, mebibytes: 2048 },
};
