/** Results of jobs: exports, and files that are read once more. */
import * as z from 'zod';
import { limits } from '../jobs/limits.ts';
import { algorithmName } from './algorithms.ts';
import { jobId } from './job-id.ts';

export const exportFormat = z.enum([
  'gnu',
  'bsd',
  'sfv',
  'hashdeep',
  'corz',
  'sri',
  'jsonl',
  'json',
  'csv',
  'ed2k',
  'magnet',
  'in-toto',
]);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Reports of jobs of other kinds than hashing: of a verification, a comparison, a search for duplicates. */
export const reportFormat = z.enum(['html', 'text', 'csv', 'json', 'jsonl']);
export type ReportFormat = z.infer<typeof reportFormat>;

/** One result, by the batch that holds it. */
export const resultReference = z.object({
  batch: z.number().int().nonnegative(),
  entry: z.number().int().nonnegative(),
});
export type ResultReference = z.infer<typeof resultReference>;

/** What rehashing a file showed, beside what stands in its result. */
export const rehashed = z.object({
  entry: z.number().int(),
  outcome: z.enum([
    'same',
    'different',
    /** It can be read now; the result has no digests to compare with. */
    'first',
    'missing',
    'unreadable',
    /** It changed while it was read, so that there is no digest. */
    'changed',
    /** Its bytes came from a page; they are not here to be read again. */
    'upload',
    /** A link leads out of what was added. */
    'elsewhere',
    /** Not a file with contents of its own. */
    'skipped',
  ]),
  /** Why there is no digest. */
  error: z.string().nullable(),
  /** As they are shown; those that are not the result's. */
  digests: z.array(z.object({ algorithm: algorithmName, digest: z.string() })),
  /** In lower-case hex, by the further algorithms that were wanted; without any, or without contents to read, absent. */
  further: z.array(z.object({ algorithm: algorithmName, digest: z.string() })).optional(),
});
export type Rehashed = z.infer<typeof rehashed>;

/** Some results of one job: bit `entry % 8` of byte `entry / 8`, in base64. */
export const someResults = z.object({ job: jobId, entries: z.string().max(limits.someResults) });
export type SomeResults = z.infer<typeof someResults>;

export const exportOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), path: z.string(), records: z.number() }),
  /** The browser fetches it from here. */
  z.object({ kind: z.literal('download'), url: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type ExportOutcome = z.infer<typeof exportOutcome>;
