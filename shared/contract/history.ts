/** The history: jobs of every kind, by their journals, until they are deleted. */
import * as z from 'zod';
import { limits } from '../jobs/limits.ts';
import { algorithmName } from './algorithms.ts';
import { jobId } from './job-id.ts';
import { jobKind, jobOutcome, jobTotals } from './jobs.ts';

/** `running`: a process writes its journal; `interrupted`: none does, and more was to come. */
const historyState = z.enum(['running', 'interrupted', 'finished', 'cancelled', 'failed']);

export const historyEntry = z.object({
  id: jobId,
  kind: jobKind,
  state: historyState,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Null for a job that has not ended. */
  endedAt: z.number().nullable(),
  /** What the job is about: how many files and folders were added, and the path of the first, for people. */
  roots: z.object({ count: z.number().int(), first: z.string() }),
  algorithms: z.array(algorithmName),
  /** Null for a job that has not ended. */
  totals: jobTotals.nullable(),
  /** Null for a job that has not ended, and for a kind that judges nothing. */
  outcome: jobOutcome.nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Bytes that its journal takes. */
  bytes: z.number(),
  /** It has not finished, and can go on. */
  resumable: z.boolean(),
  /** What the person calls it; null where it has no name. */
  name: z.string().nullable(),
  /** No limit deletes it. */
  keep: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const historyQuery = z.object({
  /** Entries that are passed over; the newest comes first. */
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(limits.historyPage).default(100),
  /** Only jobs that can go on: what a window offers when it starts. */
  unfinished: z.boolean().default(false),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const historyPage = z.object({
  entries: z.array(historyEntry),
  /** Of the whole list. */
  total: z.number().int(),
});
export type HistoryPage = z.infer<typeof historyPage>;

export const historyLabel = z.object({
  id: jobId,
  /** Null: none. */
  name: z.string().min(1).max(limits.jobNameLength).nullable().optional(),
  keep: z.boolean().optional(),
});
export type HistoryLabel = z.infer<typeof historyLabel>;

/** What the person lets the history have. */
export const historyLimits = z.object({
  /** Older jobs are deleted; null: no limit. */
  days: z.number().int().min(1).max(100_000).nullable(),
  /** Journals of all jobs together, MiB: the oldest are deleted; null: no limit. */
  mebibytes: z.number().int().min(1).max(100_000_000).nullable(),
});
export type HistoryLimits = z.infer<typeof historyLimits>;
