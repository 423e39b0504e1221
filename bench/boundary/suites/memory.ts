/** Blocks of the engine's pools, and a batch's buffers, against the C library's memory. */
import { z } from 'zod';
import { at } from '../../../scripts/setup/places.mjs';
import { run } from '../../../scripts/setup/run.mjs';
import { ratio } from '../../measuring/statistics.ts';
import type { Row, Setting, Suite } from '../suite.ts';

/** A line of bench/native/pools_bench.cc, which tells what each pattern is. */
const measurement = z.object({
  pattern: z.enum(['one', 'hand', 'across', 'batch']),
  bytes: z.number(),
  threads: z.number(),
  way: z.string(),
  round: z.number(),
  ns: z.number(),
  cpu: z.number(),
});
type Measurement = z.infer<typeof measurement>;

const patterns = {
  one: 'one at a time',
  hand: 'many in hand',
  across: 'ended on another thread',
  batch: 'a batch of 1,000 records',
} as const;

const ours = ['pools', 'kept buffers'];

/** Thousands of leases for each thread and round. */
const work = 500;
const quickWork = 20;

async function measure({ rounds, quick }: Setting): Promise<Measurement[]> {
  const build = at('build', 'pools-bench');
  const options = ['-DHASHLANE_FILES_ONLY=ON', '-DHASHLANE_POOLS_BENCH=ON'];
  await run('cmake', ['-S', at('native'), '-B', build, '-G', 'Ninja', ...options]);
  await run('cmake', ['--build', build, '--target', 'pools_bench']);
  const said = await run(at('build', 'pools-bench', 'memory', 'pools_bench'), [
    String(rounds),
    String(quick ? quickWork : work),
  ]);
  return said
    .trim()
    .split('\n')
    .map((line) => measurement.parse(JSON.parse(line)));
}

function rowsOf(measured: readonly Measurement[]): Row[] {
  const groups = grouped(measured, ({ pattern, bytes, threads }) => `${pattern} ${bytes} ${threads}`);
  return groups.map((group) => {
    const { pattern, bytes, threads } = group[0]!;
    const ways = grouped(group, ({ way }) => way).map((lines) => ({
      name: lines[0]!.way,
      rounds: lines.map(({ ns }) => ns),
    }));
    const size = bytes < 1024 || pattern === 'batch' ? `${bytes} B` : `${bytes / 1024} KiB`;
    const row: Row = {
      what: `memory/${size}, ${patterns[pattern]}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
      per: pattern === 'batch' ? 'record' : 'lease',
      unit: 'ns',
      ours: ways.find(({ name }) => ours.includes(name))!,
      plain: ways.filter(({ name }) => !ours.includes(name)),
    };
    if (pattern !== 'hand' || bytes !== 1024 || threads !== 2) return row;
    const note = '64 blocks at once, as the engine holds them; of one at a time, malloc has seven a size at hand too';
    return { ...row, note, bar: barOf(row) };
  });
}

/** Never empty ones, in the order in which they begin. */
function grouped(measured: readonly Measurement[], key: (one: Measurement) => string): Measurement[][] {
  const groups = new Map<string, Measurement[]>();
  for (const one of measured) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return [...groups.values()];
}

function barOf({ ours: pools, plain }: Row): Row['bar'] {
  const malloc = plain.find(({ name }) => name === 'malloc')!;
  const value = ratio(malloc.rounds, pools.rounds);
  return { text: 'at least 2 times faster than malloc', value, met: value >= 2 };
}

export const memory: Suite = {
  name: 'memory',
  about: 'Blocks leased from the pools, and the buffers that batches keep, against the C library',
  run: async (setting) => rowsOf(await measure(setting)),
};
