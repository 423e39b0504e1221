/** Turns a stats block, live or copied, into plain numbers. */
import {
  engineSlots,
  jobRegionSlots,
  jobSlots,
  jobStates,
  jobsAt,
  maxJobs,
  maxPools,
  maxThreads,
  poolRegionSlots,
  poolSlots,
  poolsAt,
  statsBytes,
  statsLayoutVersion,
  statsMagic,
  threadNameBytes,
  threadRegionSlots,
  threadSlots,
  threadStates,
  threadsAt,
} from './layout.ts';

type Numbers<T> = { [K in Exclude<keyof T, 'magic' | 'state' | 'name' | 'nameVersion' | 'nameLength'>]: number };

export type EngineCounters = Numbers<typeof engineSlots>;
export type ThreadReading = Numbers<typeof threadSlots> & { state: (typeof threadStates)[number]; name: string };
export type JobReading = Numbers<typeof jobSlots> & { slot: number; state: (typeof jobStates)[number] };
export type PoolReading = Numbers<typeof poolSlots>;

export interface StatsReading {
  readonly engine: EngineCounters;
  readonly threads: readonly ThreadReading[];
  /** Only the slots in use. */
  readonly jobs: readonly JobReading[];
  readonly pools: readonly PoolReading[];
}

const decoder = new TextDecoder();
const empty: StatsReading = {
  engine: numbers(() => 0, engineSlots) as EngineCounters,
  threads: [],
  jobs: [],
  pools: [],
};

function numbers(read: (slot: number) => number, slots: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, read(slot)]));
}

/** A block of another version, length or magic reads as all zeros. */
export function readStats(bytes: Uint8Array): StatsReading {
  if (bytes.length < statsBytes) return empty;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = (slot: number): number => view.getUint32(slot * 8, true) + view.getUint32(slot * 8 + 4, true) * 2 ** 32;
  if (view.getUint32(0, true) !== statsMagic || view.getUint32(4, true) !== statsLayoutVersion) return empty;

  const regions = (start: number, size: number, count: number, slots: Readonly<Record<string, number>>) =>
    Array.from({ length: count }, (_, index) => {
      const base = start + index * size;
      return { index, base, values: numbers((slot) => at(base + slot), slots) };
    });

  const threadCount = Math.min(at(engineSlots.threadCount), maxThreads);
  const poolCount = Math.min(at(engineSlots.poolCount), maxPools);
  return {
    engine: numbers(at, engineSlots) as EngineCounters,
    threads: regions(threadsAt, threadRegionSlots, threadCount, threadSlots).map(({ base, values }) => ({
      ...(values as Numbers<typeof threadSlots>),
      state: threadStates[values.state ?? 0] ?? 'idle',
      name: threadName(bytes, base, at),
    })),
    jobs: regions(jobsAt, jobRegionSlots, maxJobs, jobSlots)
      .map(({ index, values }) => ({
        ...(values as Numbers<typeof jobSlots>),
        slot: index,
        state: jobStates[values.state ?? 0] ?? 'free',
      }))
      .filter((job) => job.state !== 'free'),
    pools: regions(poolsAt, poolRegionSlots, poolCount, poolSlots).map(({ values }) => values as PoolReading),
  };
}

/** The name under its version counter: '' when the thread was just then rewriting it. */
function threadName(bytes: Uint8Array, base: number, at: (slot: number) => number): string {
  const before = at(base + threadSlots.nameVersion);
  if (before % 2 === 1) return '';
  const length = Math.min(at(base + threadSlots.nameLength), threadNameBytes);
  const start = (base + threadSlots.name) * 8;
  const copy = bytes.slice(start, start + length);
  return at(base + threadSlots.nameVersion) === before ? decoder.decode(copy) : '';
}
