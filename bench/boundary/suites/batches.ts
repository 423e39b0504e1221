/** Results on their way to JavaScript: the engine's batches against objects, JSON and Protocol Buffers. */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { ResultTable } from '../../../renderer/results/result-table.ts';
import { benchAddon, type ResultNumbers, type ResultObject, type ResultSet } from '../addon.ts';
import { atLeast } from '../figures.ts';
import { compare, type Timed } from '../in-turn.ts';
import { messageDecoder, type ResultMessage } from '../results-message.ts';
import type { Row, Setting, Suite } from '../suite.ts';

const slabBytes = 512 << 10;
/** Bytes that a result takes up in a batch, at most: record, digest and name. */
const resultBytes = 192;

type Decode = (bytes: Uint8Array) => readonly ResultMessage[];

/** The same results, to be had in every form. */
class Forms {
  readonly count: number;
  readonly #set: ResultSet;
  readonly #slabs: Uint8Array;
  #places: readonly number[] = [];
  readonly #message: Uint8Array;
  readonly #decode: Decode;

  constructor(count: number, decode: Decode) {
    this.count = count;
    const slabs = Math.ceil((count * resultBytes) / slabBytes) + 2;
    this.#slabs = new Uint8Array(new SharedArrayBuffer(slabs * slabBytes));
    this.#set = new (benchAddon().ResultSet)(count, this.#slabs, slabBytes);
    this.write();
    this.#message = Buffer.alloc(this.#set.makeProtobuf());
    this.#decode = decode;
  }

  get set(): ResultSet {
    return this.#set;
  }

  /** Has the engine's writer write all batches anew; how many. */
  write(): number {
    this.#places = this.#set.writeBatches();
    return this.#places.length / 2;
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

/** What is in the figures: said once, with the first row of its kind. */
const notes = {
  numbers:
    'Time of the JavaScript thread. Batches were written by an engine thread: open, check every record, read size, ' +
    'status, flags and mtime. Objects can only be made on this thread, here with their strings. JSON: the text, made ' +
    'before, becomes a string and is parsed. Protocol Buffers: bytes made before, copied over and decoded.',
  strings: 'As above, and name, digest in hex and error are made into strings and a letter of each is read.',
  made: 'What the native side does: for batches records, names, digests and checksum, under a lock; the rest makes text or bytes.',
};

function rowsOf(forms: Forms, setting: Setting): Row[] {
  const { count, set } = forms;
  const common = { per: 'result', unit: 'ns' as const, units: count };
  const text = countText(count);
  const numbers = compare(
    {
      ...common,
      what: `batches/${text}, numbers only`,
      ...(count === 1 ? { note: notes.numbers } : {}),
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
      ...(count === 1 ? { note: notes.strings } : {}),
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
      ...(count === 1 ? { note: notes.made } : {}),
      ours: each("batches, by the engine's writer", () => forms.write()),
      plain: [each('JSON', () => set.makeJson()), each('Protocol Buffers', () => set.makeProtobuf())],
    },
    setting,
  );
  const taken = compare(
    {
      ...common,
      what: `batches/${text}, taken into the window's table`,
      ours: each('ResultTable', () => {
        const table = new ResultTable();
        for (const batch of forms.batches(false)) table.append(batch);
        return table.hashedBytes;
      }),
      plain: [
        each('an array of objects', () => {
          const table: ResultObject[] = [];
          let bytes = 0;
          for (const result of forms.objects()) {
            table.push(result);
            if (result.error === '') bytes += result.size;
          }
          return bytes + table.length;
        }),
      ],
    },
    setting,
  );
  const against = (times: number, row: Row, ...names: string[]) => names.map((name) => atLeast(times, row, name));
  return [
    { ...numbers, bar: [...against(100, numbers, 'objects'), ...against(10, numbers, 'JSON', 'Protocol Buffers')] },
    { ...strings, bar: atLeast(4, strings, 'objects') },
    checked,
    taken,
    made,
  ];
}

/** Figures of forms that do not hold the same would mean nothing. */
function expectAgreement(forms: Forms): void {
  const sums = [
    textsOfBatches(forms),
    textsOfObjects(forms.objects()),
    textsOfObjects(forms.json()),
    textsOfMessages(forms.messages()),
  ];
  // The batch's milliseconds have a fraction, below one a result.
  if (sums.some((sum) => Math.abs(sum - sums[0]!) > forms.count + Math.abs(sum) * 1e-12)) {
    throw new Error(`The forms of ${forms.count} results do not agree: ${sums.join(', ')}`);
  }
}

async function run(setting: Setting): Promise<Row[]> {
  const decode = messageDecoder();
  const counts = setting.quick ? [1, 100, 1000] : [1, 100, 1000, 100_000];
  return counts.flatMap((count) => {
    const forms = new Forms(count, decode);
    expectAgreement(forms);
    return rowsOf(forms, setting);
  });
}

export const batches: Suite = {
  name: 'batches',
  about:
    'Results on their way into JavaScript: batches that are read in place against objects, JSON and Protocol Buffers.',
  run,
};
