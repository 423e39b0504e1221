import { expect, test } from 'vitest';
import { openBatch } from '../batch/reader.ts';
import { writeBatch } from '../batch/writer.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { ByteBuilder } from './byte-builder.ts';
import { inToto } from './in-toto.ts';

function statement(algorithms: readonly AlgorithmName[], names: readonly (string | Uint8Array)[]) {
  const digests = Object.fromEntries(
    algorithms.map((name) => [name, new Uint8Array(algorithm(name).digestLength).fill(algorithm(name).id)]),
  );
  const records = names.map((name, entryId) => ({ entryId, name, size: 1, digests }));
  const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms, records }));
  const out = new ByteBuilder(1);
  const writer = inToto.create(algorithms);
  writer.begin(out);
  const refusals = names.map((_, index) => writer.refusal!(batch, index));
  for (let index = 0; index < batch.count; index++) writer.record(out, batch, index);
  writer.end(out);
  const text = new TextDecoder().decode(out.written);
  return { refusals, value: JSON.parse(text) as { subject: { name: string; digest: Record<string, string> }[] } };
}

test('a statement names files and digests as the framework calls them', () => {
  const { value } = statement(['sha256', 'sha512-256', 'sha3-384', 'git-blob', 'blake3'], ['a/"b".txt']);
  expect(value).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: expect.stringMatching(/^https:/),
    subject: [{ name: 'a/"b".txt' }],
  });
  expect(Object.keys(value.subject[0]!.digest)).toEqual(['sha256', 'sha512_256', 'sha3_384', 'gitBlob']);
  expect(value.subject[0]!.digest.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('what it cannot carry is refused, not left out', () => {
  expect(statement(['blake3', 'crc32'], ['a']).refusals).toEqual(['it has no digest that in-toto has a name for']);
  const { refusals, value } = statement(['sha256'], [Uint8Array.of(0xff, 0x61), 'b']);
  expect(refusals).toEqual(['its name is not UTF-8, which this format cannot write', undefined]);
  expect(value.subject.map(({ name }) => name)).toEqual(['b']);
});
