/** Files that another program had open for writing while they were read. */
import { expect, test } from 'vitest';
import { recordFlags } from '../batch/layout.ts';
import { openBatch } from '../batch/reader.ts';
import { writeBatch } from '../batch/writer.ts';
import { ByteBuilder } from './byte-builder.ts';
import { formats } from './registry.ts';

test.each(['json', 'jsonl'] as const)('%s names them', (format) => {
  const digests = { crc32: Uint8Array.of(1, 2, 3, 4) };
  const batch = openBatch(
    writeBatch({
      jobId: 1,
      sequence: 0,
      algorithms: ['crc32'],
      records: [
        { entryId: 0, name: new TextEncoder().encode('a'), digests, flags: recordFlags.openForWriting },
        { entryId: 1, name: new TextEncoder().encode('b'), digests },
      ],
    }),
  );
  const out = new ByteBuilder(8);
  const writer = formats[format].create(['crc32']);
  writer.begin(out);
  writer.record(out, batch, 0);
  writer.record(out, batch, 1);
  writer.end(out);
  const text = new TextDecoder().decode(out.take());
  const rows: { path: string; openForWriting?: boolean }[] =
    format === 'json'
      ? JSON.parse(text)
      : text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
  expect(rows.map(({ path, openForWriting }) => [path, openForWriting])).toEqual([
    ['a', true],
    ['b', undefined],
  ]);
});
