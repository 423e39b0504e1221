import { describe, expect, test } from 'vitest';
import { openBatch } from '../batch/reader.ts';
import { type RecordInput, writeBatch } from '../batch/writer.ts';
import { createManifestReader } from '../checksums/read.ts';
import type { ExportFormat } from '../contract/models.ts';
import type { AlgorithmName } from '../tables/algorithms.ts';
import { toHex } from '../text/hex.ts';
import { ByteBuilder } from './byte-builder.ts';
import { formats } from './registry.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => n + 1);
const digests = { crc32: bytes(4), md5: bytes(16), sha256: bytes(32), sha384: bytes(48), 'xxh3-64': bytes(8) };

function write(format: ExportFormat, names: readonly string[], algorithms: readonly AlgorithmName[]) {
  const records: Omit<RecordInput, 'entryId'>[] = names.map((name) => ({
    name,
    size: 7,
    modifiedNs: 1_267_445_522_000_000_000n,
    digests,
  }));
  const batch = openBatch(
    writeBatch({
      jobId: 1,
      sequence: 0,
      algorithms: Object.keys(digests) as AlgorithmName[],
      records: records.map((record, entryId) => ({ entryId, ...record })),
    }),
  );
  const writer = formats[format].create(algorithms);
  const out = new ByteBuilder();
  writer.begin(out);
  const refusals: string[] = [];
  for (let index = 0; index < batch.count; index++) {
    const refusal = writer.refusal?.(batch, index);
    if (refusal === undefined) writer.record(out, batch, index);
    else refusals.push(`${batch.name(index)}: ${refusal}`);
  }
  writer.end(out);
  return { document: new TextDecoder().decode(out.take()), refusals };
}

const hex = (name: keyof typeof digests): string => toHex(digests[name]);

test('SFV refuses a name that ends with a space, for it would be read without', () => {
  expect(write('sfv', ['a ', 'b'], ['crc32'])).toEqual({
    document: 'b 01020304\n',
    refusals: ['a : its name ends with a space, which this format cannot write'],
  });
});

test('each is written as its own program writes it', () => {
  expect(write('sfv', ['a b'], ['crc32']).document).toBe('a b 01020304\n');
  expect(write('hashdeep', ['a,b'], ['md5', 'sha256']).document).toBe(
    `%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## written by Hashlane\n##\n7,${hex('md5')},${hex('sha256')},a,b\n`,
  );
  expect(write('corz', ['a'], ['md5']).document).toBe(`#md5#a#2010.03.01@12.12:02\n${hex('md5')} *a\n`);
  expect(write('sri', ['a'], ['md5', 'sha384']).document).toMatch(/^sha384-[A-Za-z0-9+/]{64} {2}a\n$/);
  expect(write('gnu', ['a'], ['xxh3-64']).document).toBe(`XXH3_${hex('xxh3-64')}  a\n`);
});

describe.each([
  ['sfv', ['crc32']],
  ['hashdeep', ['md5', 'sha256']],
  ['corz', ['md5', 'sha256']],
  ['sri', ['sha256', 'sha384']],
] as const)('%s', (format, algorithms) => {
  test('is read back with every name that it can carry', () => {
    const names = ['a', ' b', 'c  d', 'e,f', '#g', 'h\\i', 'ü', '*j', 'k;l', '0123abcd'];
    const { document, refusals } = write(format, names, algorithms);
    expect(refusals).toEqual([]);
    const reader = createManifestReader({ fileName: `list${formats[format].extension}` });
    const items = [...reader.push(new TextEncoder().encode(document)), ...reader.end()];
    const read = items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
    const given = new Set(read.map(({ name }) => new TextDecoder().decode(name)));
    expect(items.filter(({ kind }) => kind === 'malformed')).toEqual([]);
    expect(names.filter((name) => !given.has(name))).toEqual([]);
    for (const { digests: found } of read)
      for (const { algorithm, bytes: value } of found)
        expect(toHex(value)).toBe(hex(algorithm as keyof typeof digests));
  });

  test('refuses names with line ends, and says so', () => {
    const { document, refusals } = write(format, ['a\nb', 'c\rd', 'e'], algorithms);
    expect(refusals).toHaveLength(2);
    expect(refusals[0]).toContain('has a line end');
    expect(document).not.toContain('b 0');
    expect(document).toContain('e');
  });
});
