import { expect, test } from 'vitest';
import type { AlgorithmName } from '../tables/algorithms.ts';
import { Comparison } from './comparison.ts';

const etag = (byte: number): Uint8Array => new Uint8Array(20).fill(byte);

function status(left: ReadonlyMap<AlgorithmName, Uint8Array>, right: ReadonlyMap<AlgorithmName, Uint8Array>): string {
  const comparison = new Comparison();
  const path = comparison.paths.add(new TextEncoder().encode('a'));
  for (const [side, digests] of [
    [comparison.left, left],
    [comparison.right, right],
  ] as const) {
    side.put(path);
    side.setSize(path, 20 << 20);
    const joined = new Uint8Array([...digests.values()].reduce((sum, digest) => sum + digest.length, 0));
    let at = 0;
    for (const digest of digests.values()) {
      joined.set(digest, at);
      at += digest.length;
    }
    side.addDigests(path, [...digests.keys()], joined);
  }
  return comparison.status(path);
}

test('of ETags by several part sizes one is enough, and every other digest must hold as well', () => {
  const listed = new Map<AlgorithmName, Uint8Array>([
    ['s3-etag:15MiB', etag(1)],
    ['s3-etag:16MiB', etag(1)],
  ]);
  const computed = (fifteen: number, sixteen: number): Map<AlgorithmName, Uint8Array> =>
    new Map([
      ['s3-etag:15MiB', etag(fifteen)],
      ['s3-etag:16MiB', etag(sixteen)],
    ]);
  expect(status(computed(1, 2), listed)).toBe('same');
  expect(status(computed(2, 1), listed)).toBe('same');
  expect(status(computed(2, 3), listed)).toBe('changed');
  const crc = (byte: number): [AlgorithmName, Uint8Array] => ['crc64-nvme', new Uint8Array(8).fill(byte)];
  expect(status(new Map([...computed(1, 2), crc(1)]), new Map([...listed, crc(1)]))).toBe('same');
  expect(status(new Map([...computed(1, 2), crc(1)]), new Map([...listed, crc(2)]))).toBe('changed');
  expect(status(new Map([crc(1)]), listed)).toBe('not-comparable');
});
