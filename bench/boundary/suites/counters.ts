/** Counters that several threads add to: a cache line for each thread against sharing one. */
import { z } from 'zod';
import { at } from '../../../scripts/setup/places.mjs';
import { run } from '../../../scripts/setup/run.mjs';
import type { Row, Setting, Suite } from '../suite.ts';

/** A line of bench/native/counters_bench.cc. */
const measurement = z.object({ threads: z.number(), way: z.string(), round: z.number(), ns: z.number() });
type Measurement = z.infer<typeof measurement>;

const ours = 'own cache lines';

/** How long the threads count in a round. */
const milliseconds = 50;
const quickMilliseconds = 5;

async function measure({ rounds, quick }: Setting): Promise<Measurement[]> {
  const build = at('build', 'bench-tools');
  await run('cmake', ['-S', at('bench', 'native'), '-B', build, '-G', 'Ninja']);
  await run('cmake', ['--build', build, '--target', 'counters_bench']);
  const said = await run(at('build', 'bench-tools', 'counters_bench'), [
    String(rounds),
    String(quick ? quickMilliseconds : milliseconds),
  ]);
  return said
    .trim()
    .split('\n')
    .map((line) => measurement.parse(JSON.parse(line)));
}

function rowsOf(measured: readonly Measurement[]): Row[] {
  const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
  return distinct(measured.map(({ threads }) => threads)).map((threads) => {
    const group = measured.filter((one) => one.threads === threads);
    const ways = distinct(group.map(({ way }) => way)).map((name) => ({
      name,
      rounds: group.filter(({ way }) => way === name).map(({ ns }) => ns),
    }));
    return {
      what: `counters/${threads === 1 ? '1 thread' : `${threads} threads`}`,
      per: 'addition',
      unit: 'ns',
      ours: ways.find(({ name }) => name === ours)!,
      plain: ways.filter(({ name }) => name !== ours),
      note: 'processor time of additions and nothing else; the engine counts files and rounds, where it is lost in the work between',
    };
  });
}

export const counters: Suite = {
  name: 'counters',
  about: 'Additions by threads that begin together: on cache lines of their own, packed into one, to one for all',
  run: async (setting) => rowsOf(await measure(setting)),
};
