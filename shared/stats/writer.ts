/** Writes a stats block, the twin of `reader.ts`: for tests and the harness. */

import { algorithm as tableRow } from '../tables/algorithms.ts';
import { errorNumber } from '../tables/error-codes.ts';
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
  maxEvents,
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
  deviceClasses,
  eventKinds,
  jobPriorities,
  jobStates,
  pressureLevels,
  threadKinds,
  threadStates,
} from './names.ts';
import type {
  AlgorithmReading,
  DeviceReading,
  EngineCounters,
  EventReading,
  JobReading,
  PoolReading,
  StatsReading,
  ThreadReading,
} from './reader.ts';

export interface StatsInput {
  readonly engine: Partial<EngineCounters>;
  readonly threads: readonly Partial<ThreadReading>[];
  readonly jobs: readonly (Partial<JobReading> & { slot: number })[];
  readonly pools: readonly PoolReading[];
  readonly algorithms?: readonly AlgorithmReading[];
  readonly devices?: readonly Partial<DeviceReading>[];
  readonly events?: readonly EventReading[];
  readonly reasons?: StatsReading['reasons'];
}

export function writeStats(input: StatsInput): Uint8Array {
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
  /** The end of a text that is too long. */
  const putText = (slot: number, text: string, most: number): number => {
    const encoded = new TextEncoder().encode(text).subarray(-most);
    bytes.set(encoded, slot * 8);
    return encoded.length;
  };

  const { engine, threads, jobs, pools, algorithms = [], devices = [], events = [], reasons = [] } = input;
  put(0, engineSlots, {
    ...engine,
    pressure: pressureLevels.indexOf(engine.pressure ?? 'none'),
    poolCount: pools.length,
    deviceCount: devices.length,
    eventCount: events.at(-1)?.number ?? 0,
  });
  view.setUint32(0, statsMagic, true);
  view.setUint32(4, statsLayoutVersion, true);
  threads.forEach(({ kind = 'worker', state = 'idle', name = '', ...thread }, index) => {
    const base = threadsAt + index * threadRegionSlots;
    const nameLength = putText(base + threadSlots.name, name, threadNameBytes);
    put(base, threadSlots, {
      ...thread,
      kind: threadKinds.indexOf(kind),
      state: threadStates.indexOf(state),
      nameLength,
    });
  });
  for (const { slot, state = 'running', priority = 'background', ...job } of jobs) {
    const base = jobsAt + slot * jobRegionSlots;
    put(base, jobSlots, { ...job, state: jobStates.indexOf(state), priority: jobPriorities.indexOf(priority) });
  }
  pools.forEach((pool, index) => {
    put(poolsAt + index * poolRegionSlots, poolSlots, pool);
  });
  for (const { algorithm, ...row } of algorithms) {
    put(algorithmsAt + tableRow(algorithm).id * algorithmRegionSlots, algorithmSlots, row);
  }
  devices.forEach(({ class: kind = 'unknown', name = '', ...device }, index) => {
    const base = devicesAt + index * deviceRegionSlots;
    const nameLength = putText(base + deviceSlots.name, name, deviceNameBytes);
    put(base, deviceSlots, { ...device, class: deviceClasses.indexOf(kind), nameLength });
  });
  for (const { kind, ...event } of events) {
    const base = eventsAt + (event.number % maxEvents) * eventRegionSlots;
    put(base, eventSlots, { ...event, kind: eventKinds.indexOf(kind) });
  }
  for (const { code, count } of reasons) put(reasonsAt, { [code]: errorNumber(code) }, { [code]: count });
  return bytes;
}
