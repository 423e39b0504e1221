/** Memory: slabs that go back and forth, pools of blocks, counters of threads. */
import { formatSize } from '#shared/text/quantities.ts';
import { rotate } from '../measuring/rounds.ts';
import type { RowInput, Setting, Suite, Variant } from '../measuring/suite.ts';
import { benchAddon } from './addon.ts';
import { compare, timed } from './compare.ts';

const slabBytes = 512 << 10;

/** Each brings one batch to JavaScript, reads a byte and lets go of it. */
function slabs(length: number, setting: Setting): RowInput {
  const memory = new Uint8Array(new SharedArrayBuffer(slabBytes * 16));
  const pool = new (benchAddon().Slabs)(memory, slabBytes);
  const through = (read: (batch: Uint8Array) => number): number => {
    const slab = pool.fill(length);
    const last = read(memory.subarray(slab * slabBytes, slab * slabBytes + length));
    pool.release(slab);
    return last;
  };
  const variants = [
    timed('a slab that goes back', () => through((batch) => batch[length - 1]!)),
    timed('a new buffer each', () => new Uint8Array(pool.make(length))[length - 1]!),
    // What whoever wants to keep a batch does: the window, which gets its bytes by a message.
    timed('a slab, and a copy to keep', () => through((batch) => batch.slice()[length - 1]!)),
  ];
  return compare({ what: `memory/a batch of ${formatSize(length)}`, per: 'batch', unit: 'µs', variants }, setting);
}

/** Variants that time themselves, on threads of their own. */
function native<Name extends string>(
  row: Pick<RowInput, 'what' | 'per' | 'note'>,
  names: readonly Name[],
  measure: (name: Name) => number,
  { rounds }: Setting,
): RowInput {
  const entries = names.map((name) => ({ name, rounds: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const entry of rotate(entries, round)) {
      const value = measure(entry.name);
      if (round > 0) entry.rounds.push(value);
    }
  }
  const [ours, ...plain] = entries.map(({ name, rounds: values }): Variant => ({ name, rounds: values }));
  return { ...row, unit: 'ns', ours: ours!, plain };
}

function pools(bytes: number, threads: number, setting: Setting): RowInput {
  const count = (setting.quick ? 64_000 : 1_024_000) / (bytes > 1024 ? 16 : 1);
  return native(
    {
      what: `memory/blocks of ${formatSize(bytes)}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      per: 'lease',
      note: '64 blocks at once, as the engine holds them.',
    },
    ['pools', 'malloc', 'aligned new'] as const,
    (variant) => benchAddon().leases(variant, bytes, threads, count),
    setting,
  );
}

function counters(threads: number, setting: Setting): RowInput {
  return native(
    {
      what: `memory/counters, ${threads} threads`,
      per: 'addition',
      note: 'Where the threads do not find a processor each, packed counters cost nothing.',
    },
    ['own cache lines', 'packed', 'one for all'] as const,
    (variant) => benchAddon().additions(variant, threads, setting.quick ? 1e6 : 1e8),
    setting,
  );
}

export const memory: Suite = {
  name: 'memory',
  about:
    'Slabs against new buffers, pools against the C library, counters on cache lines of their own against shared ones.',
  run: async (setting) => [
    ...[4 << 10, slabBytes].map((length) => slabs(length, setting)),
    ...[1 << 10, 256 << 10].flatMap((bytes) => [1, 2].map((threads) => pools(bytes, threads, setting))),
    counters(2, setting),
  ],
};
