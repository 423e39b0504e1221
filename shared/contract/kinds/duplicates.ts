/** Duplicates: what is there twice? */
import * as z from 'zod';
import { limits } from '../../jobs/limits.ts';
import { algorithmName } from '../algorithms.ts';

export const duplicatesSpec = z.object({
  kind: z.literal('duplicates'),
  /** Ids of granted files and folders. */
  sources: z.array(z.string()).min(1).max(limits.sources),
  /** Bytes; smaller files are left out. */
  minSize: z.number().int().min(0),
});
export type DuplicatesSpec = z.infer<typeof duplicatesSpec>;

/** Some copies of one group; a large group has several records, one after the other. */
export const duplicatesRecord = z.object({
  /** From 1; the group that frees most comes first. */
  group: z.number().int(),
  size: z.number(),
  algorithm: algorithmName,
  digest: z.string(),
  /** Bytes that the whole group could free. */
  reclaimable: z.number(),
  copies: z.array(
    z.object({ path: z.string(), pathBase64: z.string().optional(), hardLinks: z.array(z.string()).optional() }),
  ),
});
export type DuplicatesRecord = z.infer<typeof duplicatesRecord>;
