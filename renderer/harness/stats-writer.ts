/** Writes a stats block, the twin of `shared/stats/reader.ts`. */
import {
  engineSlots,
  jobRegionSlots,
  jobSlots,
  jobStates,
  jobsAt,
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
} from '#shared/stats/layout.ts';
import type { EngineCounters, JobReading, PoolReading, ThreadReading } from '#shared/stats/reader.ts';

export interface StatsInput {
  readonly engine: Partial<EngineCounters>;
  readonly threads: readonly Partial<ThreadReading>[];
  readonly jobs: readonly (Partial<JobReading> & { slot: number })[];
  readonly pools: readonly PoolReading[];
}

export function writeStats({ engine, threads, jobs, pools }: StatsInput): Uint8Array {
  const bytes = new Uint8Array(statsBytes);
  const view = new DataView(bytes.buffer);
  const put = (base: number, slots: Readonly<Record<string, number>>, values: object): void => {
    for (const [name, value] of Object.entries(values)) {
      const slot = slots[name];
      if (slot !== undefined && typeof value === 'number') {
        view.setBigUint64((base + slot) * 8, BigInt(Math.round(value)), true);
      }
    }
  };
  put(0, engineSlots, { ...engine, threadCount: threads.length, poolCount: pools.length });
  view.setUint32(0, statsMagic, true);
  view.setUint32(4, statsLayoutVersion, true);
  threads.forEach(({ state = 'idle', name = '', ...thread }, index) => {
    const base = threadsAt + index * threadRegionSlots;
    const text = new TextEncoder().encode(name).subarray(-threadNameBytes);
    put(base, threadSlots, { ...thread, state: threadStates.indexOf(state), nameLength: text.length });
    bytes.set(text, (base + threadSlots.name) * 8);
  });
  for (const { slot, state = 'running', ...job } of jobs) {
    put(jobsAt + slot * jobRegionSlots, jobSlots, { ...job, state: jobStates.indexOf(state) });
  }
  pools.forEach((pool, index) => {
    put(poolsAt + index * poolRegionSlots, poolSlots, pool);
  });
  return bytes;
}
