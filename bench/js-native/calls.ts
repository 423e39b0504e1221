/** What a call into native code costs, and what is saved by having values where they can be read without one. */
import { z } from 'zod';
import { algorithmNames } from '#shared/tables/algorithms.ts';
import { checkSpec } from '../../main/engine/checks.ts';
import type { EngineJobSpec } from '../../main/engine/engine.ts';
import { loadEngine } from '../../main/engine/native-engine.ts';
import type { Suite } from '../measuring/suite.ts';
import { benchAddon } from './addon.ts';
import { compare, timed } from './compare.ts';

const spec: EngineJobSpec = {
  roots: Array.from({ length: 1000 }, (_, at) => Buffer.from(`/home/person/archive/2026/photographs/${at}.jpeg`)),
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
};

/** The conditions of checkSpec that cost most, as a schema. */
const specSchema = z.object({
  roots: z.array(z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0 && !bytes.includes(0))).max(10_000_000),
  algorithms: z.array(z.enum(algorithmNames)).min(1),
  include: z.array(z.string().min(1)).max(10_000),
  exclude: z.array(z.string().min(1)).max(10_000),
  feeds: z.number().int().min(0),
});

export const calls: Suite = {
  name: 'calls',
  about: 'Calls into native code against values that are read where they lie, and what checking arguments costs.',
  async run(setting) {
    const addon = benchAddon();
    const engine = loadEngine({ threads: 1 });
    const { info, stats } = engine;
    const view = new DataView(stats.buffer, stats.byteOffset, stats.length);
    const slot = (at: number): number => view.getUint32(at * 8, true) + view.getUint32(at * 8 + 4, true) * 2 ** 32;
    try {
      return [
        compare(
          {
            what: 'calls/a constant',
            per: 'reading',
            unit: 'ns',
            variants: [
              timed('a frozen value', () => info.version.length),
              timed('a call that gives it', () => addon.version().length),
              timed('an empty call', () => (addon.empty() === undefined ? 1 : 0)),
            ],
          },
          setting,
        ),
        compare(
          {
            what: 'calls/a statistic',
            per: 'reading',
            unit: 'ns',
            variants: [
              timed('the shared block', (at) => slot(at & 31)),
              timed('a call that gives the number', (at) => addon.statsSlot(stats, at & 31)),
            ],
          },
          setting,
        ),
        compare(
          {
            what: 'calls/checks of a start with 1000 paths',
            per: 'start',
            unit: 'µs',
            variants: [
              timed('checkSpec', () => (checkSpec(spec) === undefined ? 1 : 0)),
              timed('zod', () => specSchema.parse(spec).feeds),
            ],
            note: 'zod stands where the contract is, before what comes from outside.',
          },
          setting,
        ),
      ];
    } finally {
      await engine.close();
    }
  },
};
