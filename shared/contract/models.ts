/**
 * What crosses between a host (Electron's main process, the web host) and the renderer, as zod
 * schemas: every value is checked on arrival, whichever transport carried it.
 */
import * as z from 'zod';
import { aboutReport, processReport } from '../diagnostics/report.ts';
import { algorithmNames } from '../tables/algorithms.ts';
import { limits } from './limits.ts';

export const algorithmName = z.enum(algorithmNames);

/** At least one algorithm, each once. */
export const algorithmList = z
  .array(algorithmName)
  .min(1)
  .max(algorithmNames.length)
  .refine((list) => new Set(list).size === list.length, 'each algorithm once');

/** Something granted by the user, waiting to be hashed. `id` is opaque and stands for the path. */
export const source = z.object({
  id: z.string(),
  kind: z.enum(['file', 'folder', 'upload']),
  /** Last segment, for people. */
  name: z.string(),
  /** The whole path, for people; a name that is not UTF-8 shows U+FFFD. */
  path: z.string(),
  /** Bytes; null for a folder. */
  size: z.number().nullable(),
});
export type Source = z.infer<typeof source>;

export const walkOptions = z.object({
  /** Also files and folders whose name begins with a dot (Windows: with the hidden attribute). */
  hidden: z.boolean(),
  followSymlinks: z.boolean(),
  oneFileSystem: z.boolean(),
  include: z.array(z.string().min(1).max(limits.patternLength)).max(limits.patterns),
  exclude: z.array(z.string().min(1).max(limits.patternLength)).max(limits.patterns),
});
export type WalkOptions = z.infer<typeof walkOptions>;

export const jobState = z.enum(['running', 'paused', 'cancelling', 'finished', 'cancelled', 'failed']);
export type JobStateName = z.infer<typeof jobState>;

export const jobTotals = z.object({
  files: z.number(),
  bytes: z.number(),
  ok: z.number(),
  failed: z.number(),
  skipped: z.number(),
  elapsedMs: z.number(),
});
export type JobTotals = z.infer<typeof jobTotals>;

/** What changes while a job runs, and its name. */
export const jobStatus = z.object({
  id: z.number().int(),
  /** Index of the job's region in the stats block. */
  slot: z.number().int(),
  state: jobState,
  algorithms: algorithmList,
  startedAt: z.number(),
  /** Batches written to the journal so far. */
  batches: z.number().int(),
  /** Final once the job has ended. */
  totals: jobTotals,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type JobStatus = z.infer<typeof jobStatus>;

/** The sources may be a hundred thousand, and never change. */
export const jobSummary = jobStatus.extend({ sources: z.array(source) });
export type JobSummary = z.infer<typeof jobSummary>;

export const exportFormat = z.enum(['gnu', 'bsd', 'jsonl', 'json', 'csv', 'ed2k', 'magnet']);
export type ExportFormat = z.infer<typeof exportFormat>;

/** One result, by the batch that holds it. */
export const resultReference = z.object({
  batch: z.number().int().nonnegative(),
  entry: z.number().int().nonnegative(),
});
export type ResultReference = z.infer<typeof resultReference>;

/** What hashing a file again showed, beside what stands in its result. */
export const hashedAgain = z.object({
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
});
export type HashedAgain = z.infer<typeof hashedAgain>;

export const theme = z.enum(['system', 'light', 'dark']);

export const settings = z.object({
  theme,
  algorithms: algorithmList,
  walk: walkOptions,
  /** Worker threads; null: one per core. Takes effect at the next start of the app. */
  threads: z.number().int().min(1).max(64).nullable(),
  /** Ceiling of the engine's buffers, MiB. Takes effect at the next start of the app. */
  memoryLimitMiB: z.number().int().min(32).max(65_536),
  /** Start hashing as soon as something is added. */
  startOnAdd: z.boolean(),
  /** Looking for new versions by itself: `ask` until the person has chosen. */
  updates: z.enum(['never', 'ask', 'weekly']),
});
export type Settings = z.infer<typeof settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  algorithms: ['sha256'],
  walk: { hidden: true, followSymlinks: false, oneFileSystem: false, include: [], exclude: [] },
  threads: null,
  memoryLimitMiB: 256,
  startOnAdd: false,
  updates: 'ask',
};

/** What does not change while the engine lives. */
export const systemInfo = aboutReport.extend({
  host: z.enum(['electron', 'web']),
  /** New versions can be looked for. */
  canUpdate: z.boolean(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

/** Readings of the host's own process, taken when asked for. */
export const processReading = processReport.extend({
  /** The host's monotonic clock, the one of the engine's times, milliseconds. */
  clockMs: z.number(),
});
export type ProcessReading = z.infer<typeof processReading>;

/** One folder of the server's, for the web host's "Choose a folder". */
export const folderListing = z.object({
  path: z.string(),
  /** null at the root. */
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** True when only the first entries are listed. */
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListing>;

export const uploadEntry = z.object({
  /** Path below what was dropped, `/` between segments. */
  path: z.string().min(1).max(limits.pathLength),
  size: z.number().int().nonnegative(),
});

/** Why a page cannot send a file that it declared. */
export const uploadFailure = z.enum(['ENOENT', 'EACCES', 'EIO', 'UPLOAD_ABORTED']);
export type UploadFailure = z.infer<typeof uploadFailure>;

export const exportOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), path: z.string(), records: z.number() }),
  /** The browser fetches it from here. */
  z.object({ kind: z.literal('download'), url: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type ExportOutcome = z.infer<typeof exportOutcome>;

export const hostEvent = z.discriminatedUnion('kind', [
  /** A job that this window has not heard of. */
  z.object({ kind: z.literal('job'), job: jobSummary }),
  /** A job that it has heard of changed state, or ended. */
  z.object({ kind: z.literal('status'), job: jobStatus }),
  /** These jobs and their results have been cleared, here or in another window. Their ids never come back. */
  z.object({ kind: z.literal('forgotten'), ids: z.array(z.number().int()) }),
  /** Sources arrived from outside the window: the command line, a second instance, the dock. */
  z.object({ kind: z.literal('sources'), sources: z.array(source) }),
  z.object({ kind: z.literal('settings'), settings }),
]);
export type HostEvent = z.infer<typeof hostEvent>;
