/** Compare: how do these two differ? */
import * as z from 'zod';
import { compareStatuses } from '../../compare/comparison.ts';
import { algorithmName } from '../algorithms.ts';

export const compareSpec = z.object({
  kind: z.literal('compare'),
  /** Ids of granted sources: a folder, a checksum file, or an rclone listing. */
  left: z.string(),
  right: z.string(),
});
export type CompareSpec = z.infer<typeof compareSpec>;

/** Each path once, in the order of their bytes. */
export const compareRecord = z.object({
  path: z.string(),
  pathBase64: z.string().optional(),
  status: z.enum(compareStatuses),
  /** On the right side, where that is another path. */
  foundAt: z.string().optional(),
  algorithm: algorithmName.nullable(),
  left: z.string().nullable(),
  right: z.string().nullable(),
  leftSize: z.number().optional(),
  rightSize: z.number().optional(),
  error: z.string().optional(),
});
export type CompareRecord = z.infer<typeof compareRecord>;
