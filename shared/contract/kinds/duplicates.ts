/** Duplicates: what is there twice? */
import * as z from 'zod';
import { limits } from '../../jobs/limits.ts';
import { algorithmName } from '../algorithms.ts';
import { jobId } from '../job-id.ts';

export const duplicatesSpec = z.object({
  kind: z.literal('duplicates'),
  /** Ids of granted files and folders; or none, and a finished job of the history, of which nothing is read again. */
  sources: z.array(z.string()).max(limits.sources),
  job: jobId.optional(),
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
