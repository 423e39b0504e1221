/**
 * What Diagnostics tells, in one layout for window and command. Sizes are bytes, times milliseconds;
 * counters run since the engine began, the rest is as of now.
 */
import * as z from 'zod';
import { deviceClasses, eventKinds, pressureLevels, threadKinds, threadStates } from '../stats/names.ts';
import { algorithmNames } from '../tables/algorithms.ts';
import { errorCodes } from '../tables/error-codes.ts';

export const reportLayout = 'hashlane-diagnostics/1';

const amount = z.number().nonnegative();
const count = z.number().int().nonnegative();

/** Versions, processor and kernels: does not change while the engine lives. */
export const aboutReport = z.object({
  product: z.literal('Hashlane'),
  version: z.string(),
  host: z.enum(['electron', 'web', 'command']),
  platform: z.string(),
  runtime: z.string(),
  engine: z.object({
    version: z.string(),
    threads: count,
    cpu: z.array(z.string()),
    kernels: z.array(
      z.object({
        algorithm: z.enum(algorithmNames),
        implementation: z.string(),
        selfTest: z.enum(['passed', 'failed']),
      }),
    ),
  }),
});
export type AboutReport = z.infer<typeof aboutReport>;

/** The engine at work: one reading of the stats block. */
export const workReport = z.object({
  stages: z.object({
    bytesRead: count,
    /** Once per algorithm. */
    bytesHashed: count,
    filesHashed: count,
    foldersListed: count,
    filteredOut: count,
    recordsDelivered: count,
  }),
  ways: z.object({
    filesInLanes: count,
    filesInBlocks: count,
    filesInPieces: count,
    filesPrefetched: count,
    readsFromMemory: count,
    readsFromDevice: count,
  }),
  /** Entries without a digest. */
  reasons: z.array(z.object({ code: z.enum(errorCodes.map(({ code }) => code)), message: z.string(), count })),
  threads: z.array(
    z.object({
      kind: z.enum(threadKinds),
      /** From 1: the thread's region in the stats block. */
      number: count,
      state: z.enum(threadStates),
      /** null when no entry is in hand. */
      jobId: count.nullable(),
      files: count,
      bytes: count,
      busyMs: amount,
      /** 0 unless a device does not answer it. */
      stalledMs: amount,
      /** The file in hand; only with names. */
      file: z.string().optional(),
    }),
  ),
  /** Algorithms that were used. */
  lanes: z.array(
    z.object({
      algorithm: z.enum(algorithmNames),
      /** Who computes it; '' when that is not known. */
      kernel: z.string(),
      streamBytes: count,
      laneBytes: count,
      laneCapacityBytes: count,
      partBytes: count,
      /** Filled part of the lanes, 0 … 1; null when none were used. */
      fill: z.number().min(0).max(1).nullable(),
    }),
  ),
  memory: z.object({
    ceiling: count,
    /** What the pools may take now: less than the ceiling under pressure. */
    allowed: count,
    held: count,
    peak: count,
    waits: count,
    waitMs: amount,
    trims: count,
    trimmedBytes: count,
    pressure: z.enum(pressureLevels),
    pressureRises: count,
    /** What the group of processes may take altogether; null without a limit. */
    groupLimit: count.nullable(),
  }),
  pools: z.array(
    z.object({
      blockBytes: count,
      held: count,
      inUse: count,
      peak: count,
      hits: count,
      misses: count,
      trimmed: count,
    }),
  ),
  batches: z.object({
    sealed: count,
    bytes: count,
    openRecords: count,
    openAgeMs: amount,
    slabs: count,
    slabBytes: count,
    /** With JavaScript now, and how long the oldest has been there. */
    slabsOut: count,
    oldestOutMs: amount,
    slabWaits: count,
  }),
  queues: z.object({
    jobsActive: count,
    /** Groups of files that wait for a worker; so many may, per job. */
    groups: count,
    groupsCapacity: count,
    /** Folders that wait to be listed. */
    folders: count,
    overtakes: count,
  }),
  devices: z.array(
    z.object({
      class: z.enum(deviceClasses),
      /** Workers that may read from it at once; null for any number. */
      readers: count.nullable(),
      active: count,
      stalledThreads: count,
      givenUp: z.boolean(),
      bytesRead: count,
      /** Where it is mounted; only with names. */
      mountedAt: z.string().optional(),
    }),
  ),
  stalls: z.object({ threadsNow: count, noticed: count, givenUp: count }),
  /** The last ones, oldest first. */
  events: z.array(
    z.object({
      number: count,
      /** Before the report was taken. */
      agoMs: amount,
      kind: z.enum(eventKinds),
      /** Of trims: bytes given back. Of pressure: what the pools may take since. */
      bytes: count.optional(),
      pressure: z.enum(pressureLevels).optional(),
      /** Of stalls: how long there was no answer, and to which thread. */
      silentMs: amount.optional(),
      thread: count.optional(),
    }),
  ),
});
export type WorkReport = z.infer<typeof workReport>;
export type EventReport = WorkReport['events'][number];

/** Readings of the process that the engine lives in. */
export const processReport = z.object({
  uptimeMs: amount,
  residentBytes: count,
  peakResidentBytes: count,
  heapUsedBytes: count,
  /** Memory that JavaScript objects hold outside the heap: batches on their way, among others. */
  externalBytes: count,
  /** Event-loop delay over the last interval. */
  loopDelayMs: z.object({ mean: amount, p99: amount, max: amount }),
  /** Part of the last interval in which the event loop was at work, 0 … 1. */
  loopBusy: z.number().min(0).max(1),
  /** Batches posted to the window that asks, and not yet acknowledged. */
  unacknowledgedBatches: count,
});
export type ProcessReport = z.infer<typeof processReport>;

/** Sections of `workReport` are absent when the engine could not be read. */
export const diagnosticsReport = z.object({
  layout: z.literal(reportLayout),
  /** False: no file, folder or mount point is named. */
  withNames: z.boolean(),
  ...aboutReport.shape,
  /** null when the host did not answer. */
  process: processReport.nullable(),
  ...workReport.partial().shape,
});
export type DiagnosticsReport = z.infer<typeof diagnosticsReport>;
