/** Turns a stats block, live or copied, into plain numbers. */

import type { AlgorithmName } from '../tables/algorithms.ts';
import { algorithms } from '../tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '../tables/error-codes.ts';
import {
  algorithmRegionSlots,
  algorithmSlots,
  algorithmsAt,
  deviceNameBytes,
  deviceRegionSlots,
  deviceSlots,
  devicesAt,
  engineSlots,
  eventRegionSlots,
  eventSlots,
  eventsAt,
  jobRegionSlots,
  jobSlots,
  jobsAt,
  maxDevices,
  maxEvents,
  maxJobs,
  maxPools,
  maxThreads,
  poolRegionSlots,
  poolSlots,
  poolsAt,
  reasonsAt,
  statsBytes,
  statsLayoutVersion,
  statsMagic,
  threadNameBytes,
  threadRegionSlots,
  threadSlots,
  threadsAt,
} from './layout.ts';
import {
  type DeviceClass,
  deviceClasses,
  type EventKind,
  eventKinds,
  type JobPriority,
  type JobState,
  jobPriorities,
  jobStates,
  type PressureLevel,
  pressureLevels,
  type ThreadKind,
  type ThreadState,
  threadKinds,
  threadStates,
} from './names.ts';

/** Slots that are shown as words, or serve the reading alone. */
type NotNumbers =
  | 'magic'
  | 'state'
  | 'kind'
  | 'class'
  | 'priority'
  | 'pressure'
  | 'name'
  | 'nameVersion'
  | 'nameLength'
  | 'eventCount';
type Numbers<T> = { readonly [K in Exclude<keyof T, NotNumbers>]: number };
type Slots = Readonly<Record<string, number>>;

export type EngineCounters = Numbers<typeof engineSlots> & { readonly pressure: PressureLevel };
export type ThreadReading = Numbers<typeof threadSlots> & {
  /** Which region it writes to: events name threads by it. */
  readonly region: number;
  readonly kind: ThreadKind;
  readonly state: ThreadState;
  readonly name: string;
};
export type JobReading = Numbers<typeof jobSlots> & {
  readonly slot: number;
  readonly state: JobState;
  readonly priority: JobPriority;
};
export type PoolReading = Numbers<typeof poolSlots>;
export type AlgorithmReading = Numbers<typeof algorithmSlots> & { readonly algorithm: AlgorithmName };
export type DeviceReading = Numbers<typeof deviceSlots> & { readonly class: DeviceClass; readonly name: string };
export interface EventReading {
  /** From 1. */
  readonly number: number;
  readonly kind: EventKind;
  readonly atNs: number;
  readonly value: number;
  readonly detail: number;
}

export interface StatsReading {
  readonly engine: EngineCounters;
  /** Only the regions in use: workers first, then the other kinds. */
  readonly threads: readonly ThreadReading[];
  /** Only the slots in use. */
  readonly jobs: readonly JobReading[];
  readonly pools: readonly PoolReading[];
  /** Only those that were used. */
  readonly algorithms: readonly AlgorithmReading[];
  readonly devices: readonly DeviceReading[];
  /** The last ones, oldest first. */
  readonly events: readonly EventReading[];
  /** Entries without a digest, by the reason; only those that there are. */
  readonly reasons: readonly { readonly code: ErrorCode; readonly count: number }[];
}

const decoder = new TextDecoder();

/** A block of another version, length or magic reads as all zeros and nothing. */
export function readStats(bytes: Uint8Array): StatsReading {
  const sound = bytes.length >= statsBytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const stamped = sound && view.getUint32(0, true) === statsMagic && view.getUint32(4, true) === statsLayoutVersion;
  const at = (slot: number): number =>
    stamped ? view.getUint32(slot * 8, true) + view.getUint32(slot * 8 + 4, true) * 2 ** 32 : 0;
  const text = (slot: number, length: number): string => decoder.decode(bytes.slice(slot * 8, slot * 8 + length));

  return {
    engine: {
      ...(numbers(at, 0, engineSlots) as Numbers<typeof engineSlots>),
      pressure: pressureLevels[at(engineSlots.pressure)] ?? 'none',
    },
    threads: regions(threadsAt, threadRegionSlots, maxThreads)
      .filter(({ base }) => at(base + threadSlots.kind) !== 0)
      .map(({ index, base }) => ({
        ...(numbers(at, base, threadSlots) as Numbers<typeof threadSlots>),
        region: index,
        kind: threadKinds[at(base + threadSlots.kind)] ?? 'none',
        state: threadStates[at(base + threadSlots.state)] ?? 'idle',
        name: threadName(base, at, text),
      }))
      // Threads claim regions in the order in which they happen to begin.
      .sort((a, b) => threadKinds.indexOf(a.kind) - threadKinds.indexOf(b.kind) || a.region - b.region),
    jobs: regions(jobsAt, jobRegionSlots, maxJobs)
      .map(({ index, base }) => ({ index, base, state: jobStates[at(base + jobSlots.state)] ?? 'free' }))
      .filter(({ state }) => state !== 'free')
      .map(({ index, base, state }) => ({
        ...(numbers(at, base, jobSlots) as Numbers<typeof jobSlots>),
        slot: index,
        state,
        priority: jobPriorities[at(base + jobSlots.priority)] ?? 'background',
      })),
    pools: regions(poolsAt, poolRegionSlots, Math.min(at(engineSlots.poolCount), maxPools)).map(
      ({ base }) => numbers(at, base, poolSlots) as PoolReading,
    ),
    algorithms: algorithms
      .map(({ id, name }) => ({ base: algorithmsAt + id * algorithmRegionSlots, algorithm: name }))
      .filter(({ base }) =>
        [algorithmSlots.streamBytes, algorithmSlots.laneBytes, algorithmSlots.partBytes].some((slot) =>
          at(base + slot),
        ),
      )
      .map(({ base, algorithm }) => ({
        ...(numbers(at, base, algorithmSlots) as Numbers<typeof algorithmSlots>),
        algorithm,
      })),
    devices: regions(devicesAt, deviceRegionSlots, Math.min(at(engineSlots.deviceCount), maxDevices)).map(
      ({ base }) => ({
        ...(numbers(at, base, deviceSlots) as Numbers<typeof deviceSlots>),
        class: deviceClasses[at(base + deviceSlots.class)] ?? 'unknown',
        name: text(base + deviceSlots.name, Math.min(at(base + deviceSlots.nameLength), deviceNameBytes)),
      }),
    ),
    events: regions(eventsAt, eventRegionSlots, maxEvents)
      .filter(({ base }) => at(base + eventSlots.number) !== 0)
      .map(({ base }) => ({ base, event: eventAt(base, at) }))
      // One that was just then overwritten is left out.
      .filter(({ base, event }) => event.number !== 0 && event.number === at(base + eventSlots.number))
      .map(({ event }) => event)
      .sort((a, b) => a.number - b.number),
    reasons: errorCodes
      .map(({ code }, number) => ({ code, count: at(reasonsAt + number) }))
      .filter(({ count }) => count > 0),
  };
}

/** The entries of each table of slots, which are asked for in every reading. */
const entriesOf = new Map<Slots, readonly [name: string, slot: number][]>();

function numbers(at: (slot: number) => number, base: number, slots: Slots): Record<string, number> {
  let entries = entriesOf.get(slots);
  if (entries === undefined) {
    entries = Object.entries(slots);
    entriesOf.set(slots, entries);
  }
  const values: Record<string, number> = {};
  for (const [name, slot] of entries) values[name] = at(base + slot);
  return values;
}

function regions(start: number, size: number, count: number): { index: number; base: number }[] {
  return Array.from({ length: count }, (_, index) => ({ index, base: start + index * size }));
}

function eventAt(base: number, at: (slot: number) => number): EventReading {
  const event = numbers(at, base, eventSlots) as Numbers<typeof eventSlots>;
  return { ...event, kind: eventKinds[at(base + eventSlots.kind)] ?? 'pressure' };
}

/** The name under its version counter: '' when the thread was just then rewriting it. */
function threadName(
  base: number,
  at: (slot: number) => number,
  text: (slot: number, length: number) => string,
): string {
  const before = at(base + threadSlots.nameVersion);
  if (before % 2 === 1) return '';
  const name = text(base + threadSlots.name, Math.min(at(base + threadSlots.nameLength), threadNameBytes));
  return at(base + threadSlots.nameVersion) === before ? name : '';
}
