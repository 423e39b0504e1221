/** Compare: how do these two differ? */
import * as z from 'zod';
import { compareStatuses } from '../../compare/comparison.ts';
import { algorithmName } from '../algorithms.ts';
import { jobId } from '../job-id.ts';

/** The id of a granted source (a folder, a checksum file, a journal, a cloud listing), or a finished job of the history. */
const compareSide = z.union([z.string(), z.object({ job: jobId })]);
export type CompareSide = z.infer<typeof compareSide>;

export const compareSpec = z.object({
  kind: z.literal('compare'),
  left: compareSide,
  right: compareSide,
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
