/** The memory that a batch comes in: slabs that go back and forth, or a new buffer for each. */
import { formatSize } from '#shared/text/quantities.ts';
import { inTurn } from '../../measuring/turns.ts';
import { benchAddon } from '../addon.ts';
import { compare, type Timed } from '../in-turn.ts';
import type { Row, Setting, Suite, Way } from '../suite.ts';

const slabBytes = 512 << 10;
const slabCount = 16;

interface Ways {
  /** Each brings one batch of `length` bytes to JavaScript, reads a byte and lets go of it. */
  readonly [name: string]: (length: number) => number;
}

function ways(): Ways {
  const memory = new Uint8Array(new SharedArrayBuffer(slabBytes * slabCount));
  const slabs = new (benchAddon().Slabs)(memory, slabBytes);
  return {
    'a slab that goes back': (length) => {
      const slab = slabs.fill(length);
      const last = memory.subarray(slab * slabBytes, slab * slabBytes + length)[length - 1]!;
      slabs.release(slab);
      return last;
    },
    'a new buffer, made natively': (length) => new Uint8Array(slabs.make(length))[length - 1]!,
    'a new buffer, made by JavaScript': (length) => {
      const target = new Uint8Array(length);
      slabs.fillThis(target);
      return target[length - 1]!;
    },
    // What whoever wants to keep a batch does: the window, which gets its bytes by a message.
    'a slab, and a copy to keep': (length) => {
      const slab = slabs.fill(length);
      const kept = memory.slice(slab * slabBytes, slab * slabBytes + length);
      slabs.release(slab);
      return kept[length - 1]!;
    },
  };
}

function times(length: number, all: Ways, setting: Setting): Row {
  const [ours, ...plain] = Object.entries(all).map(
    ([name, once]): Timed => ({
      name,
      run(count) {
        let sum = 0;
        for (let at = 0; at < count; at++) sum += once(length);
        return sum;
      },
    }),
  );
  const what = `slabs/a batch of ${formatSize(length)}`;
  return compare({ what, per: 'batch', unit: 'µs', ours: ours!, plain }, setting);
}

/** What the buffers come to at most while batches follow one another as fast as they can. */
function memory(all: Ways, { rounds, quick }: Setting): Row {
  const batches = quick ? 50 : 2000;
  const entries = Object.entries(all).map(([name, once]) => ({ name, once, rounds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const entry of inTurn(entries, round)) {
      (globalThis as { gc?: () => void }).gc?.();
      let most = 0;
      for (let at = 0; at < batches; at++) {
        entry.once(slabBytes);
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
      entry.rounds.push(most);
    }
  }
  const [ours, ...plain] = entries.map(({ name, rounds: values }): Way => ({ name, rounds: values }));
  return {
    what: `slabs/buffers at most, of ${batches} batches of ${formatSize(slabBytes)} in a row`,
    per: 'run',
    unit: 'bytes',
    ours: ours!,
    plain,
    note: `Of all ways the ${slabCount} slabs themselves, ${formatSize(slabBytes * slabCount)}, are a part.`,
  };
}

async function run(setting: Setting): Promise<Row[]> {
  const all = ways();
  return [...[4 << 10, 64 << 10, slabBytes].map((length) => times(length, all, setting)), memory(all, setting)];
}

export const slabs: Suite = {
  name: 'slabs',
  about: 'Memory that goes back and forth between native code and JavaScript against a new buffer for each batch.',
  run,
};
