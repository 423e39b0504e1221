/** Results on their way to JavaScript: batches against objects, JSON and Protocol Buffers. */
import protobuf from 'protobufjs';
import { openBatch } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import { atLeast } from '../measuring/figures.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { benchAddon, type ResultObject } from './addon.ts';
import { compare, timed } from './compare.ts';

const message = `syntax = "proto3";
  message Result { string path = 1; bytes sha256 = 2; uint64 size = 3; uint32 status = 4; }
  message Batch { repeated Result results = 1; }`;

/** What protobufjs makes of a message. */
type Decoded = Omit<ResultObject, 'sha256'> & { readonly sha256: Uint8Array };

/** Without the package long, 64-bit fields become numbers, which is faster and exact for these. */
function batchType(): protobuf.Type {
  (protobuf.util as { Long: unknown }).Long = undefined;
  protobuf.configure();
  return protobuf.parse(message).root.lookupType('Batch');
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

/** The last letter makes a text that was only a promise of one. */
const taste = (text: string): number => text.charCodeAt(text.length - 1);

interface Sums {
  readonly numbers: () => number;
  readonly strings: () => number;
}

const sumsOf = (read: () => readonly ResultObject[]): Sums => ({
  numbers: () => read().reduce((sum, { size, status }) => sum + size + status, 0),
  strings: () => read().reduce((sum, one) => sum + one.size + one.status + taste(one.path) + taste(one.sha256), 0),
});

/** The same results in every form, made beforehand; reading them is what is timed. */
function forms(count: number): Readonly<Record<string, Sums>> {
  const records = Array.from({ length: count }, (_, at): RecordInput & { name: string } => ({
    entryId: at,
    name: `home/person/archive/photographs/2026/IMG_${100_000 + at}.jpeg`,
    size: 2000 + ((at * 7919) % 100_000),
    digests: { sha256: Uint8Array.from({ length: 32 }, (_, byte) => at * byte) },
  }));
  const bytes = writeBatch({ jobId: 1, sequence: 0, algorithms: ['sha256'], records });
  const plain = records.map(({ name, size, digests }) => ({
    path: name,
    sha256: digests!.sha256!,
    size: size!,
    status: 0,
  }));
  const objects = benchAddon().results(
    plain.map(({ path }) => path),
    plain.map(({ sha256 }) => hex(sha256)),
    plain.map(({ size }) => size),
  );
  const json = Buffer.from(JSON.stringify(plain.map((one) => ({ ...one, sha256: hex(one.sha256) }))));
  const type = batchType();
  const encoded = type.encode({ results: plain }).finish();
  const decoded = (): Decoded[] => (type.decode(encoded.slice()) as unknown as { results: Decoded[] }).results;
  return {
    batches: {
      numbers() {
        const batch = openBatch(bytes, { checksum: false });
        let sum = 0;
        for (let at = 0; at < batch.count; at++) sum += batch.size(at) + batch.statusNumber(at);
        return sum;
      },
      strings() {
        const batch = openBatch(bytes, { checksum: false });
        let sum = 0;
        for (let at = 0; at < batch.count; at++) {
          sum += batch.size(at) + batch.statusNumber(at);
          sum += taste(batch.name(at)) + taste(batch.digestText(at, 'sha256')!);
        }
        return sum;
      },
    },
    objects: sumsOf(objects),
    JSON: sumsOf(() => JSON.parse(json.toString('latin1'))),
    'Protocol Buffers': {
      numbers: () => decoded().reduce((sum, { size, status }) => sum + size + status, 0),
      strings: () =>
        decoded().reduce((sum, one) => sum + one.size + one.status + taste(one.path) + taste(hex(one.sha256)), 0),
    },
  };
}

function rows(count: number, setting: Setting): RowInput[] {
  const all = forms(count);
  return (['numbers', 'strings'] as const).map((kind) => {
    const sums = Object.values(all).map((form) => form[kind]());
    // Figures of forms that do not hold the same would mean nothing.
    if (new Set(sums).size > 1) throw new Error(`The forms of ${count} results do not agree: ${sums.join(', ')}`);
    const row = compare(
      {
        what: `batches/${count} ${count === 1 ? 'result' : 'results'}, ${kind === 'numbers' ? 'numbers only' : 'all strings made'}`,
        per: 'result',
        unit: 'ns',
        units: count,
        variants: Object.entries(all).map(([name, form]) => timed(name, form[kind])),
      },
      setting,
    );
    if (count === 1) return row;
    const thresholds =
      kind === 'numbers'
        ? [atLeast(100, row, 'objects'), atLeast(10, row, 'JSON'), atLeast(10, row, 'Protocol Buffers')]
        : [atLeast(4, row, 'objects')];
    return { ...row, thresholds };
  });
}

export const batches: Suite = {
  name: 'batches',
  about:
    'Results on their way into JavaScript: batches that are read in place against objects, JSON and Protocol Buffers.',
  run: async (setting) => [1, 1000].flatMap((count) => rows(count, setting)),
};
