/** Results on their way to JavaScript: the engine's batches against objects, JSON and Protocol Buffers. */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { benchAddon, type ResultNumbers, type ResultObject, type ResultSet } from '../addon.ts';
import { atLeast } from '../figures.ts';
import { compare, type Timed } from '../in-turn.ts';
import { messageDecoder, type ResultMessage } from '../results-message.ts';
import type { Row, Setting, Suite } from '../suite.ts';

const slabBytes = 512 << 10;
/** Bytes that a result takes up in a batch, at most: record, digest and name. */
const resultBytes = 192;

/** Memory for `length` bytes, the first of which lies at a multiple of 64 as the engine's slabs do. */
function alignedBytes(length: number): Uint8Array {
  const buffer = new SharedArrayBuffer(length + 64);
  // The addon of the product tells the address; V8 aligns long buffers to a page or to 16 bytes behind one.
  return new Uint8Array(buffer, 0, length);
}

type Decode = (bytes: Uint8Array) => readonly ResultMessage[];

/** The same results, to be had in every form. */
class Forms {
  readonly count: number;
  readonly #set: ResultSet;
  readonly #slabs: Uint8Array;
  readonly #places: readonly number[];
  readonly #message: Uint8Array;
  readonly #decode: Decode;

  constructor(count: number, decode: Decode) {
    this.count = count;
    const slabs = Math.ceil((count * resultBytes) / slabBytes) + 2;
    this.#slabs = alignedBytes(slabs * slabBytes);
    this.#set = new (benchAddon().ResultSet)(count, this.#slabs, slabBytes);
    this.#places = this.#set.writeBatches();
    this.#message = Buffer.alloc(this.#set.makeProtobuf());
    this.#decode = decode;
  }

  get set(): ResultSet {
    return this.#set;
  }

  /** The batches as they lie, opened as the command opens them, or as a window does. */
  *batches(checksum: boolean): Generator<BatchView> {
    for (let at = 0; at < this.#places.length; at += 2) {
      const start = this.#places[at]! * slabBytes;
      yield openBatch(this.#slabs.subarray(start, start + this.#places[at + 1]!), { checksum });
    }
  }
  objects(): readonly ResultObject[] {
    return this.#set.objects();
  }
  numbers(): readonly ResultNumbers[] {
    return this.#set.numbers();
  }
  json(): readonly ResultObject[] {
    return JSON.parse(this.#set.json());
  }
  messages(): readonly ResultMessage[] {
    this.#set.protobuf(this.#message);
    return this.#decode(this.#message);
  }
}

/** What sorting, filtering and totals read. */
function sumOfBatch(batch: BatchView): number {
  let sum = 0;
  for (let at = 0; at < batch.count; at++) {
    sum += batch.size(at) + batch.statusNumber(at) + batch.flags(at) + batch.modifiedMs(at);
  }
  return sum;
}

function sumOfBatches(forms: Forms, checksum: boolean): number {
  let sum = 0;
  for (const batch of forms.batches(checksum)) sum += sumOfBatch(batch);
  return sum;
}

function sumOf(results: readonly ResultNumbers[]): number {
  let sum = 0;
  for (const result of results) sum += result.size + result.status + result.flags + result.modifiedMs;
  return sum;
}

/** Reading a character makes a text that was only a promise of one. */
const taste = (text: string): number => (text === '' ? 0 : text.charCodeAt(text.length - 1));

function textsOfBatch(batch: BatchView): number {
  let sum = 0;
  for (let at = 0; at < batch.count; at++) {
    sum += taste(batch.name(at)) + taste(batch.digestText(at, 'sha256') ?? '') + taste(batch.errorText(at));
  }
  return sum;
}

function textsOfBatches(forms: Forms): number {
  let sum = 0;
  for (const batch of forms.batches(false)) sum += sumOfBatch(batch) + textsOfBatch(batch);
  return sum;
}

function textsOfObjects(results: readonly ResultObject[]): number {
  let sum = 0;
  for (const result of results) sum += taste(result.path) + taste(result.sha256) + taste(result.error);
  return sum + sumOf(results);
}

/** Where the field was not sent, protobufjs gives an empty array. */
const hex = (bytes: Uint8Array): string =>
  bytes.length === 0 ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

function textsOfMessages(results: readonly ResultMessage[]): number {
  let sum = 0;
  for (const result of results) sum += taste(result.path) + taste(hex(result.sha256)) + taste(result.error);
  return sum + sumOf(results);
}

const each = (name: string, once: () => number): Timed => ({
  name,
  run(times) {
    let sum = 0;
    for (let at = 0; at < times; at++) sum += once();
    return sum;
  },
});

const countText = (count: number): string => (count === 1 ? '1 result' : `${count.toLocaleString('en')} results`);

function rowsOf(forms: Forms, setting: Setting): Row[] {
  const { count, set } = forms;
  const common = { per: 'result', unit: 'ns' as const, units: count };
  const text = countText(count);
  const numbers = compare(
    {
      ...common,
      what: `batches/${text}, numbers only`,
      ours: each('batches', () => sumOfBatches(forms, false)),
      plain: [
        each('objects', () => sumOf(forms.objects())),
        each('objects of four numbers', () => sumOf(forms.numbers())),
        each('JSON', () => sumOf(forms.json())),
        each('Protocol Buffers', () => sumOf(forms.messages())),
      ],
    },
    setting,
  );
  const strings = compare(
    {
      ...common,
      what: `batches/${text}, all strings made`,
      ours: each('batches', () => textsOfBatches(forms)),
      plain: [
        each('objects', () => textsOfObjects(forms.objects())),
        each('JSON', () => textsOfObjects(forms.json())),
        each('Protocol Buffers', () => textsOfMessages(forms.messages())),
      ],
    },
    setting,
  );
  const checked = compare(
    {
      ...common,
      what: `batches/${text}, numbers only, checksum compared`,
      ours: each('batches', () => sumOfBatches(forms, true)),
      plain: [each('objects', () => sumOf(forms.objects())), each('JSON', () => sumOf(forms.json()))],
    },
    setting,
  );
  const made = compare(
    {
      ...common,
      what: `batches/${text}, made natively`,
      ours: each("batches, by the engine's writer", () => set.writeBatches().length),
      plain: [each('JSON', () => set.makeJson()), each('Protocol Buffers', () => set.makeProtobuf())],
    },
    setting,
  );
  return [
    { ...numbers, bar: atLeast(100, numbers, 'objects') },
    { ...strings, bar: atLeast(4, strings, 'objects') },
    checked,
    made,
  ];
}

async function run(setting: Setting): Promise<Row[]> {
  const decode = messageDecoder();
  const counts = setting.quick ? [1, 100, 1000] : [1, 100, 1000, 100_000];
  return counts.flatMap((count) => rowsOf(new Forms(count, decode), setting));
}

export const batches: Suite = {
  name: 'batches',
  about:
    'Results on their way into JavaScript: batches that are read in place against objects, JSON and Protocol Buffers.',
  run,
};
