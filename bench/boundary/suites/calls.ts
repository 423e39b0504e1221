/** What a call into native code costs, and what is saved by having values where they can be read without one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  algorithmRegionSlots,
  algorithmSlots,
  algorithmsAt,
  deviceRegionSlots,
  deviceSlots,
  devicesAt,
  engineRegionSlots,
  engineSlots,
  eventRegionSlots,
  eventSlots,
  eventsAt,
  jobRegionSlots,
  jobSlots,
  jobsAt,
  maxAlgorithms,
  maxDevices,
  maxEvents,
  maxJobs,
  maxPools,
  maxThreads,
  poolRegionSlots,
  poolSlots,
  poolsAt,
  threadRegionSlots,
  threadSlots,
  threadsAt,
} from '#shared/stats/layout.ts';
import { readStats } from '#shared/stats/reader.ts';
import { algorithmNames } from '#shared/tables/algorithms.ts';
import { errorCodes } from '#shared/tables/error-codes.ts';
import { checkSpec } from '../../../main/engine/checks.ts';
import type { Engine, EngineJobSpec } from '../../../main/engine/engine.ts';
import { loadEngine } from '../../../main/engine/native-engine.ts';
import { benchAddon, type RegionTable } from '../addon.ts';
import { compare, type Timed } from '../in-turn.ts';
import type { Row, Setting, Suite } from '../suite.ts';

/** A loop around one thing that gives a number; the call of `one` takes about 3 ns itself. */
const each = (name: string, one: (at: number) => number): Timed => ({
  name,
  run(times) {
    let sum = 0;
    for (let at = 0; at < times; at++) sum += one(at);
    return sum;
  },
});

function emptyCalls(setting: Setting): Row {
  const { empty } = benchAddon();
  const nothing = (): void => {};
  return compare(
    {
      what: 'calls/an empty call',
      per: 'call',
      unit: 'ns',
      ours: each('into native code', () => {
        empty();
        return 1;
      }),
      plain: [
        each('within JavaScript', () => {
          nothing();
          return 1;
        }),
      ],
      note: 'Both with the loop around them, which is nearly all of the second.',
    },
    setting,
  );
}

function constants({ info }: Engine, setting: Setting): Row[] {
  const addon = benchAddon();
  const codes = errorCodes.map(({ code }) => code);
  const nativeAlgorithm = addon.nameLookup(algorithmNames);
  const nativeError = addon.nameLookup(codes);
  // Loops of their own: a value costs less than the call of a function that gives it.
  const values: Readonly<Record<string, [value: Timed['run'], call: (at: number) => number]>> = {
    version: [
      (times) => {
        let sum = 0;
        for (let at = 0; at < times; at++) sum += info.version.length;
        return sum;
      },
      () => addon.version().length,
    ],
    'layout version': [
      (times) => {
        let sum = 0;
        for (let at = 0; at < times; at++) sum += info.layoutVersion;
        return sum;
      },
      () => addon.layoutVersion(),
    ],
    'the name of an algorithm': [
      (times) => {
        let sum = 0;
        for (let at = 0; at < times; at++) sum += algorithmNames[at & 31]!.length;
        return sum;
      },
      (at) => nativeAlgorithm(at & 31).length,
    ],
    'the name of an error': [
      (times) => {
        let sum = 0;
        for (let at = 0; at < times; at++) sum += codes[at & 31]!.length;
        return sum;
      },
      (at) => nativeError(at & 31).length,
    ],
    'all names of algorithms': [
      (times) => {
        let sum = 0;
        for (let at = 0; at < times; at++) sum += algorithmNames.length;
        return sum;
      },
      () => addon.algorithmNames().length,
    ],
  };
  return Object.entries(values).map(([what, [value, call]]) =>
    compare(
      {
        what: `calls/constants, ${what}`,
        per: 'reading',
        unit: 'ns',
        ours: { name: 'a frozen value', run: value },
        plain: [each('a call', call)],
      },
      setting,
    ),
  );
}

const specOf = (roots: number): EngineJobSpec => ({
  roots: Array.from({ length: roots }, (_, at) => Buffer.from(`/home/person/archive/2026/photographs/${at}.jpeg`)),
  algorithms: ['md5', 'sha256'],
  order: 'walk',
  hidden: true,
  followSymlinks: false,
  oneFileSystem: false,
  include: [],
  exclude: ['*.tmp'],
  countAhead: false,
  feeds: 0,
  onBatch: (_batch, release) => release(),
});

/** The same conditions as checkSpec's, as a schema. */
const specSchema = z.object({
  roots: z.array(z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && !bytes.includes(0))).max(10_000_000),
  algorithms: z.array(z.enum(algorithmNames)).min(1),
  order: z.enum(['walk', 'completion']),
  hidden: z.boolean(),
  followSymlinks: z.boolean(),
  oneFileSystem: z.boolean(),
  maxDepth: z.number().int().min(0).optional(),
  include: z.array(z.string().min(1)).max(10_000),
  exclude: z.array(z.string().min(1)).max(10_000),
  countAhead: z.boolean(),
  feeds: z.number().int().min(0),
  feedBytes: z.number().optional(),
  onBatch: z.custom<EngineJobSpec['onBatch']>((value) => typeof value === 'function'),
});

function validation(setting: Setting): Row[] {
  const starts = [1, 1000].map((roots) => {
    const spec = specOf(roots);
    return compare(
      {
        what: `calls/checks of a start with ${roots === 1 ? 'one path' : `${roots} paths`}`,
        per: 'start',
        unit: 'µs',
        ours: each('checkSpec', () => {
          checkSpec(spec);
          return 1;
        }),
        plain: [each('zod', () => specSchema.parse(spec).feeds)],
        note: 'The engine checks with plain conditions; zod stands where the contract is, before what comes from outside.',
      },
      setting,
    );
  });
  const { empty, nameLookup } = benchAddon();
  const named = nameLookup(algorithmNames);
  return [
    ...starts,
    compare(
      {
        what: 'calls/checks of a hot call',
        per: 'call',
        unit: 'ns',
        ours: each('a checked number in, a string out', (at) => named(at & 31).length),
        plain: [
          each('nothing in, nothing out', () => {
            empty();
            return 1;
          }),
        ],
        note: 'What is above the empty call is the number, its check and the string together.',
      },
      setting,
    ),
  ];
}

const regions: readonly RegionTable[] = [
  { name: 'engine', start: 0, size: engineRegionSlots, count: 1, slots: engineSlots },
  { name: 'threads', start: threadsAt, size: threadRegionSlots, count: maxThreads, slots: threadSlots },
  { name: 'jobs', start: jobsAt, size: jobRegionSlots, count: maxJobs, slots: jobSlots },
  { name: 'pools', start: poolsAt, size: poolRegionSlots, count: maxPools, slots: poolSlots },
  { name: 'algorithms', start: algorithmsAt, size: algorithmRegionSlots, count: maxAlgorithms, slots: algorithmSlots },
  { name: 'devices', start: devicesAt, size: deviceRegionSlots, count: maxDevices, slots: deviceSlots },
  { name: 'events', start: eventsAt, size: eventRegionSlots, count: maxEvents, slots: eventSlots },
];

function statistics({ stats }: Engine, setting: Setting): Row[] {
  const addon = benchAddon();
  const view = new DataView(stats.buffer, stats.byteOffset, stats.length);
  const slotAt = (slot: number): number =>
    view.getUint32(slot * 8, true) + view.getUint32(slot * 8 + 4, true) * 2 ** 32;
  const readNatively = addon.statsReader(stats, regions);
  const engineNatively = addon.statsReader(stats, regions.slice(0, 1));
  return [
    compare(
      {
        what: 'calls/statistics, one slot',
        per: 'reading',
        unit: 'ns',
        ours: {
          name: 'the shared block',
          run(times) {
            let sum = 0;
            for (let at = 0; at < times; at++) sum += slotAt(at & 31);
            return sum;
          },
        },
        plain: [
          each('a call that gives the number', (at) => addon.statsSlot(stats, at & 31)),
          each("a call that builds the engine's object", () => (engineNatively().engine ? 1 : 0)),
        ],
      },
      setting,
    ),
    compare(
      {
        what: 'calls/statistics, all of it',
        per: 'reading',
        unit: 'µs',
        ours: each('readStats of the shared block', () => readStats(stats).threads.length),
        plain: [each('a call that builds the object', () => (readNatively().threads as unknown[]).length)],
        note: 'After a job on two workers. Ours also decodes names of threads and devices, orders events and counts reasons.',
      },
      setting,
    ),
  ];
}

async function run(setting: Setting): Promise<Row[]> {
  const folder = path.join(setting.scratch, 'calls');
  mkdirSync(folder);
  for (let file = 0; file < 100; file++) writeFileSync(path.join(folder, `${file}`), 'content');
  const engine = loadEngine({ threads: 2 });
  try {
    await engine.start({ ...specOf(0), roots: [Buffer.from(folder)] }).done;
    return [emptyCalls(setting), ...constants(engine, setting), ...validation(setting), ...statistics(engine, setting)];
  } finally {
    await engine.close();
  }
}

export const calls: Suite = {
  name: 'calls',
  about: 'Calls into native code against values that are read where they lie, and what checking arguments costs.',
  run,
};
