/** Guard: has anything rotted since last time? */
import * as z from 'zod';
import { guardStates } from '../../guard/states.ts';
import { algorithmName } from '../algorithms.ts';

export const guardSpec = z.object({
  kind: z.literal('guard'),
  /** `add` puts the folder on record first; `check` is for one that is on record. */
  action: z.enum(['add', 'check']),
  /** Id of a granted folder. */
  source: z.string(),
});
export type GuardSpec = z.infer<typeof guardSpec>;

/** A file that is not just `ok`, in the order of the bytes of their paths. */
const guardEntry = z.object({
  type: z.literal('entry'),
  /** Relative to the folder. */
  path: z.string(),
  pathBase64: z.string().optional(),
  state: z.enum(guardStates).exclude(['ok']),
  /** On record, and found. */
  expected: z.string().optional(),
  actual: z.string().optional(),
  size: z.number().optional(),
  foundAt: z.string().optional(),
  foundAtBase64: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** An identical copy of what is on record: its whole path, and when it was checked, in the form of ISO 8601. */
  copy: z.object({ path: z.string(), pathBase64: z.string().optional(), checked: z.string() }).optional(),
});
export type GuardEntry = z.infer<typeof guardEntry>;

/** The last record. */
const guardSummary = z.object({
  type: z.literal('summary'),
  /** One sentence. */
  sentence: z.string(),
  root: z.string(),
  /** Of the guarded folder. */
  folder: z.string(),
  algorithm: algorithmName,
  readFiles: z.number(),
  readBytes: z.number(),
  elapsedMs: z.number(),
  /** For people. */
  coverage: z.string(),
});
export type GuardSummary = z.infer<typeof guardSummary>;

export const guardRecord = z.discriminatedUnion('type', [guardEntry, guardSummary]);
export type GuardRecordRow = z.infer<typeof guardRecord>;
