/** Paths: into native code, out of batches as text, into formats, and into the units of Windows. */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formats } from '#shared/formats/registry.ts';
import { escapeControlsInJson } from '#shared/text/visible.ts';
import { benchAddon } from '../addon.ts';
import { compare, type Timed } from '../in-turn.ts';
import type { Row, Setting, Suite } from '../suite.ts';

const encoder = new TextEncoder();

/** A number in a path, so that no two are the same; always as long. */
const digits = (at: number): string => String(100_000 + at);

const kinds: Readonly<Record<string, (at: number) => string>> = {
  short: (at) => `${digits(at)}.jpg`,
  'path-like': (at) => `home/person/archive/photographs/2026/07/IMG_${digits(at)}.jpeg`,
  Unicode: (at) => `домой/übermäßig/写真/2026年/été à la plage ${digits(at)}.jpeg`,
  '1 KiB': (at) => `${'a-long-folder-name/'.repeat(53)}${digits(at)}.jpeg`,
};

class Paths {
  readonly kind: string;
  readonly texts: readonly string[];
  readonly arrays: readonly Uint8Array[];
  /** All of them, one behind the other, and where each ends. */
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;

  constructor(kind: string, count: number) {
    this.kind = kind;
    this.texts = Array.from({ length: count }, (_, at) => kinds[kind]!(at));
    this.arrays = this.texts.map((text) => encoder.encode(text));
    [this.bytes, this.ends] = packed(this.arrays);
  }
  get count(): number {
    return this.texts.length;
  }
}

function packed(arrays: readonly Uint8Array[]): [bytes: Uint8Array, ends: Uint32Array] {
  let length = 0;
  for (const array of arrays) length += array.length;
  const bytes = new Uint8Array(length);
  const ends = new Uint32Array(arrays.length);
  let end = 0;
  for (let at = 0; at < arrays.length; at++) {
    bytes.set(arrays[at]!, end);
    end += arrays[at]!.length;
    ends[at] = end;
  }
  return [bytes, ends];
}

const each = (name: string, once: () => number): Timed => ({
  name,
  run(times) {
    let sum = 0;
    for (let at = 0; at < times; at++) sum += once();
    return sum;
  },
});

function crossing(paths: Paths, setting: Setting): Row {
  const addon = benchAddon();
  return compare(
    {
      what: `paths/${paths.count.toLocaleString('en')} ${paths.kind} into native code`,
      per: 'path',
      unit: 'ns',
      units: paths.count,
      ours: each('a Uint8Array each', () => addon.pathsOfArrays(paths.arrays)),
      plain: [
        each('one buffer, packed for it', () => addon.pathsOfBuffer(...packed(paths.arrays))),
        each('one buffer, packed already', () => addon.pathsOfBuffer(paths.bytes, paths.ends)),
        each('a string each', () => addon.pathsOfStrings(paths.texts)),
      ],
    },
    setting,
  );
}

const record = (name: Uint8Array, entryId: number): RecordInput => ({
  entryId,
  name,
  digests: { md5: new Uint8Array(16).fill(entryId) },
});

const batchOf = (paths: Paths): BatchView =>
  openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records: paths.arrays.map(record) }));

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function decoding(paths: Paths, setting: Setting): Row {
  const batch = batchOf(paths);
  const overNames = (name: string, nameOf: (at: number) => string): Timed =>
    each(name, () => {
      let sum = 0;
      for (let at = 0; at < batch.count; at++) sum += nameOf(at).charCodeAt(0);
      return sum;
    });
  const letters = (at: number): string => {
    const end = batch.nameStart(at) + batch.nameLength(at);
    let text = '';
    for (let from = batch.nameStart(at); from < end; from++) text += String.fromCharCode(batch.bytes[from]!);
    return text;
  };
  const isAscii = paths.kind !== 'Unicode';
  const whole = each('the whole section, and slices', () => {
    const first = batch.nameStart(0);
    const text = utf8.decode(batch.bytes.subarray(first));
    let sum = 0;
    for (let at = 0; at < batch.count; at++) {
      const start = batch.nameStart(at) - first;
      sum += text.slice(start, start + batch.nameLength(at)).charCodeAt(0);
    }
    return sum;
  });
  return compare(
    {
      what: `paths/decoding ${paths.kind} names`,
      per: 'name',
      unit: 'ns',
      units: batch.count,
      ours: overNames('as UTF-8, each by itself', (at) => batch.name(at)),
      plain: isAscii
        ? [
            overNames('as Latin-1, each by itself', (at) => latin1.decode(batch.nameBytes(at))),
            overNames('letter by letter', letters),
            whole,
          ]
        : [],
    },
    setting,
  );
}

/** Over text, as names go that are not plain. */
const generalJson = (text: string): string => escapeControlsInJson(JSON.stringify(text));

const special = /[\n\r\\]/g;
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

function escaping(paths: Paths, setting: Setting): Row[] {
  const batch = batchOf(paths);
  const out = new ByteBuilder(1 << 20);
  const writing = (name: string, write: (at: number) => void): Timed =>
    each(name, () => {
      out.clear();
      for (let at = 0; at < batch.count; at++) write(at);
      return out.length;
    });
  const [gnu, json] = [formats.gnu.create(['md5']), formats.jsonl.create(['md5'])];
  const ofRow = { per: 'line', unit: 'ns' as const, units: batch.count };
  return [
    compare(
      {
        ...ofRow,
        what: `paths/a line of a checksum file, ${paths.kind}`,
        ours: writing("the name's bytes, looked through", (at) => gnu.record(out, batch, at)),
        plain: [
          writing('text, escaped and encoded', (at) => {
            const name = batch.name(at);
            const escaped = name.replace(special, (letter) => escapes[letter]!);
            const text = `${batch.digestText(at, 'md5')}  ${escaped}\n`;
            out.text(escaped.length === name.length ? text : `\\${text}`);
          }),
        ],
      },
      setting,
    ),
    compare(
      {
        ...ofRow,
        what: `paths/a line of JSON, ${paths.kind}`,
        ours: writing("the name's bytes, looked through", (at) => json.record(out, batch, at)),
        plain: [
          writing('text, escaped and encoded', (at) => {
            const digests = `"status":"ok","digests":{"md5":"${batch.digestText(at, 'md5')}"}`;
            out.text(`{"path":${generalJson(batch.name(at))},"size":${batch.size(at)},${digests}}\n`);
          }),
        ],
      },
      setting,
    ),
  ];
}

function native(paths: Paths, setting: Setting): Row[] {
  const addon = benchAddon();
  const over = (name: string, way: (bytes: Uint8Array, ends: Uint32Array, times: number) => number): Timed => ({
    name,
    run: (times) => way(paths.bytes, paths.ends, times),
  });
  const ofRow = { per: 'path', unit: 'ns' as const, units: paths.count };
  return [
    compare(
      {
        ...ofRow,
        what: `paths/is it ASCII, ${paths.kind}`,
        ours: over('32 bytes at a time, overlapping', addon.asciiByEngine),
        plain: [
          over('eight bytes at a time', addon.asciiByWords),
          over('a loop that becomes vectors', addon.asciiByBytes),
        ],
      },
      setting,
    ),
    compare(
      {
        ...ofRow,
        what: `paths/UTF-16, ${paths.kind}`,
        ours: over('16 ASCII bytes at a time, checked', addon.unitsOfEngine),
        plain: [over('one code point after the other, unchecked', addon.unitsOneByOne)],
      },
      setting,
    ),
  ];
}

async function run(setting: Setting): Promise<Row[]> {
  const names = Object.keys(kinds);
  const some = names.map((kind) => new Paths(kind, 500));
  return [
    ...[1, 100, 10_000].map((count) => crossing(new Paths('path-like', count), setting)),
    ...names.filter((kind) => kind !== 'path-like').map((kind) => crossing(new Paths(kind, 1000), setting)),
    ...some.map((paths) => decoding(paths, setting)),
    ...some.flatMap((paths) => escaping(paths, setting)),
    ...some.flatMap((paths) => native(paths, setting)),
  ];
}

export const paths: Suite = {
  name: 'paths',
  about:
    'Paths into native code, and the short way for ASCII against the general one in decoding, escaping and UTF-16.',
  run,
};
