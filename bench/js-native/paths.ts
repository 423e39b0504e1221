/** Paths: into native code, out of batches as text, and into a document. */
import { openBatch } from '#shared/batch/reader.ts';
import { writeBatch } from '#shared/batch/writer.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { benchAddon } from './addon.ts';
import { compare, timed } from './compare.ts';

const count = 1000;

const kinds: Readonly<Record<string, (at: number) => string>> = {
  ASCII: (at) => `home/person/archive/photographs/2026/07/IMG_${100_000 + at}.jpeg`,
  Unicode: (at) => `домой/übermäßig/写真/2026年/été à la plage ${100_000 + at}.jpeg`,
};

/** All of them, one behind the other, and where each ends. */
function packed(arrays: readonly Uint8Array[]): [bytes: Uint8Array, ends: Uint32Array] {
  let end = 0;
  const ends = Uint32Array.from(arrays, (array) => (end += array.length));
  return [Buffer.concat(arrays), ends];
}

const latin1 = new TextDecoder('latin1');

function rows(kind: string, setting: Setting): RowInput[] {
  const addon = benchAddon();
  const texts = Array.from({ length: count }, (_, at) => kinds[kind]!(at));
  const arrays = texts.map((text) => new TextEncoder().encode(text));
  const [bytes, ends] = packed(arrays);
  const records = arrays.map((name, entryId) => ({ entryId, name, digests: { md5: new Uint8Array(16) } }));
  const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records }));
  const names = (name: string, nameOf: (at: number) => string) =>
    timed(name, () => {
      let sum = 0;
      for (let at = 0; at < count; at++) sum += nameOf(at).charCodeAt(0);
      return sum;
    });
  const ofRow = { unit: 'ns' as const, units: count };
  return [
    compare(
      {
        ...ofRow,
        what: `paths/${kind} paths into native code`,
        per: 'path',
        variants: [
          timed('a Uint8Array each', () => addon.pathsOfArrays(arrays)),
          timed('one buffer, packed for it', () => addon.pathsOfBuffer(...packed(arrays))),
          timed('a string each', () => addon.pathsOfStrings(texts)),
        ],
      },
      setting,
    ),
    compare(
      {
        ...ofRow,
        what: `paths/decoding ${kind} names`,
        per: 'name',
        variants: [
          names('as UTF-8, each by itself', (at) => batch.name(at)),
          // Right for ASCII alone; the time is the same for all.
          names('as Latin-1, each by itself', (at) => latin1.decode(batch.nameBytes(at))),
        ],
      },
      setting,
    ),
    compare(
      {
        ...ofRow,
        what: `paths/is it ASCII, ${kind}`,
        per: 'path',
        variants: [
          { name: '32 bytes at a time, overlapping', run: (times) => addon.asciiByEngine(bytes, ends, times) },
          { name: 'byte by byte', run: (times) => addon.asciiByBytes(bytes, ends, times) },
        ],
      },
      setting,
    ),
  ];
}

export const paths: Suite = {
  name: 'paths',
  about: 'Paths into native code, and the short path for ASCII against the general one.',
  run: async (setting) => Object.keys(kinds).flatMap((kind) => rows(kind, setting)),
};
