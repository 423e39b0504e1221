/** Sizes that a number of JavaScript cannot hold: a file system may claim any. */
import { expect, test } from 'vitest';
import { batchHeaderBytes, hotRecord } from '../batch/layout.ts';
import { openBatch } from '../batch/reader.ts';
import { writeBatch } from '../batch/writer.ts';
import { ByteBuilder } from './byte-builder.ts';
import { formats } from './registry.ts';

test.each(['json', 'jsonl', 'csv', 'hashdeep', 'ed2k', 'magnet'] as const)('%s has the exact size', (format) => {
  const digests = { md5: new Uint8Array(16), ed2k: new Uint8Array(16) };
  const record = { entryId: 0, name: new TextEncoder().encode('a'), digests };
  const bytes = writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5', 'ed2k'], records: [record] });
  new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(batchHeaderBytes + hotRecord.size[0], 2n ** 63n - 1n, true);
  const out = new ByteBuilder();
  formats[format].create(['md5', 'ed2k']).record(out, openBatch(bytes, { checksum: false }), 0);
  expect(new TextDecoder().decode(out.take())).toContain('9223372036854775807');
});
