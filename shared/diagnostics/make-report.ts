/** From readings to the report. */

import { pressureLevels } from '../stats/names.ts';
import type { DeviceReading, EventReading, StatsReading, ThreadReading } from '../stats/reader.ts';
import { errorCodes, errorNumber } from '../tables/error-codes.ts';
import {
  type AboutReport,
  type DiagnosticsReport,
  type EventReport,
  type ProcessReport,
  reportLayout,
  type WorkReport,
} from './report.ts';

export interface ReportParts {
  readonly about: AboutReport;
  readonly reading: StatsReading | null;
  readonly process: (ProcessReport & { readonly clockMs: number }) | null;
}

const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6;

export function makeReport({ about, reading, process }: ReportParts, withNames: boolean): DiagnosticsReport {
  const { product, version, host, platform, runtime, engine } = about;
  const { clockMs, ...processReport } = process ?? { clockMs: 0 };
  return {
    layout: reportLayout,
    withNames,
    product,
    version,
    host,
    platform,
    runtime,
    engine,
    process: process === null ? null : (processReport as ProcessReport),
    ...(reading === null ? {} : makeWorkReport({ about, reading, clockMs }, withNames)),
  };
}

export interface WorkParts {
  readonly about: AboutReport | null;
  readonly reading: StatsReading;
  /** Now, by the clock of the engine's times; the reading's own stands still while the engine rests. 0: not known. */
  readonly clockMs: number;
}

export function makeWorkReport({ about, reading, clockMs }: WorkParts, withNames: boolean): WorkReport {
  const { engine } = reading;
  const nowMs = Math.max(clockMs, milliseconds(engine.clockNs));
  return {
    stages: {
      bytesRead: engine.bytesRead,
      bytesHashed: engine.bytesHashed,
      filesHashed: engine.filesHashed,
      foldersListed: engine.foldersListed,
      filteredOut: engine.filteredOut,
      recordsDelivered: engine.recordsDelivered,
    },
    ways: {
      filesInLanes: engine.filesInLanes,
      filesInBlocks: engine.filesInBlocks,
      filesInPieces: engine.filesInPieces,
      filesPrefetched: engine.filesPrefetched,
      readsFromMemory: engine.readsFromMemory,
      readsFromDevice: engine.readsFromDevice,
    },
    reasons: reading.reasons.map(({ code, count }) => ({
      code,
      message: errorCodes[errorNumber(code)]!.message,
      count,
    })),
    threads: reading.threads.map((thread) => threadReport(thread, withNames)),
    lanes: reading.algorithms.map(({ algorithm, streamBytes, laneBytes, laneCapacityBytes, partBytes }) => ({
      algorithm,
      kernel: about?.engine.kernels.find((kernel) => kernel.algorithm === algorithm)?.implementation ?? '',
      streamBytes,
      laneBytes,
      laneCapacityBytes,
      partBytes,
      // The two are not written at one moment.
      fill: laneCapacityBytes === 0 ? null : Math.min(1, laneBytes / laneCapacityBytes),
    })),
    memory: {
      ceiling: engine.memoryCeiling,
      allowed: engine.memoryAllowed,
      held: engine.memoryHeld,
      peak: engine.memoryPeak,
      waits: engine.memoryWaits,
      waitMs: milliseconds(engine.memoryWaitNs),
      trims: engine.trims,
      trimmedBytes: engine.trimmedBytes,
      pressure: engine.pressure,
      pressureRises: engine.pressureRises,
      groupLimit: engine.groupLimit === 0 ? null : engine.groupLimit,
    },
    pools: reading.pools.map((pool) => ({ ...pool })),
    batches: {
      sealed: engine.batchesSealed,
      bytes: engine.batchBytes,
      openRecords: engine.openRecords,
      openAgeMs: milliseconds(engine.openAgeNs),
      slabs: engine.slabCount,
      slabBytes: engine.slabBytes,
      slabsOut: engine.slabsUnreleased,
      oldestOutMs: milliseconds(engine.unreleasedAgeNs),
      slabWaits: engine.slabWaits,
    },
    queues: {
      jobsActive: engine.jobsActive,
      groups: engine.queueDepth,
      groupsCapacity: engine.queueCapacity,
      folders: engine.listQueueDepth,
      overtakes: engine.overtakes,
    },
    devices: reading.devices.map((device) => deviceReport(device, withNames)),
    stalls: { threadsNow: engine.stalledThreads, noticed: engine.stalls, givenUp: engine.stallsGivenUp },
    events: reading.events.map((event) => eventReport(event, nowMs)),
  };
}

function threadReport(thread: ThreadReading, withNames: boolean): WorkReport['threads'][number] {
  return {
    kind: thread.kind,
    number: thread.region + 1,
    state: thread.state,
    jobId: thread.jobId === 0 ? null : thread.jobId,
    files: thread.files,
    bytes: thread.bytes,
    busyMs: milliseconds(thread.busyNs),
    stalledMs: thread.state === 'stalled' ? milliseconds(thread.stalledNs) : 0,
    ...(withNames && thread.name !== '' ? { file: thread.name } : {}),
  };
}

function deviceReport(device: DeviceReading, withNames: boolean): WorkReport['devices'][number] {
  return {
    class: device.class,
    readers: device.readers === 0 ? null : device.readers,
    active: device.active,
    stalledThreads: device.stalled,
    givenUp: device.givenUp === 1,
    bytesRead: device.bytesRead,
    ...(withNames && device.name !== '' ? { mountedAt: device.name } : {}),
  };
}

function eventReport({ number, kind, atNs, value, detail }: EventReading, nowMs: number): EventReport {
  const event = { number, kind, agoMs: Math.max(0, nowMs - milliseconds(atNs)) };
  switch (kind) {
    case 'trimmed when idle':
    case 'trimmed for room':
    case 'trimmed under pressure':
      return { ...event, bytes: value };
    case 'pressure':
      return { ...event, pressure: pressureLevels[value] ?? 'none', bytes: detail };
    case 'stalled':
    case 'answered':
    case 'given up':
      return { ...event, silentMs: value, thread: detail + 1 };
  }
}
