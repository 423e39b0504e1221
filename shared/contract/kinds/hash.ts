/** Hash: what are the digests of these files? */
import * as z from 'zod';
import { limits } from '../../jobs/limits.ts';
import { algorithmList } from '../algorithms.ts';
import { walkOptions } from '../walk.ts';

export const hashSpec = z.object({
  kind: z.literal('hash'),
  /** Ids of granted sources. */
  sources: z.array(z.string()).min(1).max(limits.sources),
  algorithms: algorithmList,
  walk: walkOptions,
});
export type HashSpec = z.infer<typeof hashSpec>;
