/** Jobs of every kind: how they start, where they stand, what came of them. */
import * as z from 'zod';
import { jobStates } from '../jobs/states.ts';
import { algorithmName } from './algorithms.ts';
import { jobId } from './job-id.ts';
import { jobKinds } from './kinds/registry.ts';
import { source } from './sources.ts';

export const jobKind = z.enum(jobKinds);
const jobState = z.enum(jobStates);

export const jobTotals = z.object({
  files: z.number(),
  bytes: z.number(),
  ok: z.number(),
  failed: z.number(),
  skipped: z.number(),
  elapsedMs: z.number(),
});
export type JobTotals = z.infer<typeof jobTotals>;

/** What a kind that judges has found, once it has ended. */
export const jobOutcome = z.object({
  /** `unavailable`: what was to be judged could not be reached. */
  verdict: z.enum(['ok', 'failed', 'unavailable']),
  /** The kind's own statuses, and how many entries have each. */
  counts: z.record(z.string(), z.number()),
});
export type JobOutcome = z.infer<typeof jobOutcome>;

/** What changes while a job runs, and its name. */
export const jobStatus = z.object({
  id: jobId,
  kind: jobKind,
  /** Index of the job's region in the stats block; null for a kind that has no engine job (yet). */
  slot: z.number().int().nullable(),
  state: jobState,
  /** Empty for a kind that takes them from what it reads. */
  algorithms: z.array(algorithmName),
  startedAt: z.number(),
  /** Blocks of the journal so far: result batches, and the kind's own records. */
  batches: z.number().int(),
  /** Final once the job has ended. */
  totals: jobTotals,
  /** Null while the job runs, and for a kind that judges nothing. */
  outcome: jobOutcome.nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Only of a job that went on after its process had ended. */
  resumed: z
    .object({
      /** Processes that have worked on it. */
      runs: z.number().int(),
      /** Files that were done and are read again only if they changed. */
      known: z.number().int(),
      /** Files that were read again: their earlier results are `results.replaced`. */
      reread: z.number().int(),
      /** Files that were not among the results and have changed since the interruption: new ones, most of them. */
      appeared: z.number().int(),
    })
    .optional(),
});
export type JobStatus = z.infer<typeof jobStatus>;

/** The sources may be a hundred thousand, and never change. */
export const jobSummary = jobStatus.extend({ sources: z.array(source) });
export type JobSummary = z.infer<typeof jobSummary>;
