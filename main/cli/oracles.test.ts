/** Every digest against the programs that people trust, on the same files. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { loadEngine } from '../engine/native-engine.ts';
import { hasProgram, Scratch } from './testing/scratch.ts';
import { TestWorld } from './testing/test-world.ts';

/** Around the blocks of every kernel, the pieces that are read, and the chunks of ED2K. */
const sizes = [
  0, 1, 55, 56, 63, 64, 65, 111, 127, 128, 129, 1024, 4097, 65_536, 1_048_577, 9_727_999, 9_728_000, 9_728_001,
];

let scratch: Scratch;
const ours = new Map<string, Record<AlgorithmName, string>>();

beforeAll(async () => {
  scratch = new Scratch();
  for (const size of sizes) {
    let state = size + 1;
    const contents = Uint8Array.from({ length: size }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    });
    scratch.file(`size-${size}`, contents);
  }
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  expect(await world.run('-a', 'all', '--format', 'jsonl', scratch.folder)).toBe(0);
  for (const line of world.printed.trimEnd().split('\n')) {
    const { path, digests } = JSON.parse(line) as { path: string; digests: Record<AlgorithmName, string> };
    ours.set(path.slice(scratch.folder.length + 1), digests);
  }
});
afterAll(() => scratch.remove());

/** Reads lines `DIGEST  NAME` or `TAG (NAME) = DIGEST` and compares each with ours. */
function compare(command: string, algorithm: AlgorithmName): void {
  const lines = scratch.shell(command).trimEnd().split('\n');
  expect(lines).toHaveLength(sizes.length);
  for (const line of lines) {
    const tagged = /^\S+ \((?<name>.+)\) = (?<digest>\S+)$/.exec(line);
    const plain = /^\s*(?<digest>\S+)[ *]+(?<name>\S+)\s*$/.exec(line);
    const { digest, name } = (tagged ?? plain)?.groups ?? {};
    expect(ours.get(name!)?.[algorithm], `${algorithm} of ${name}`).toBe(digest?.toLowerCase());
  }
}

const coreutils: Partial<Record<AlgorithmName, string>> = {
  md5: 'md5sum',
  sha1: 'sha1sum',
  sha224: 'sha224sum',
  sha256: 'sha256sum',
  sha384: 'sha384sum',
  sha512: 'sha512sum',
  blake2b: 'b2sum',
};
const rhash: Partial<Record<AlgorithmName, string>> = {
  crc32: 'crc32',
  crc32c: 'crc32c',
  md4: 'md4',
  md5: 'md5',
  sha1: 'sha1',
  ed2k: 'ed2k',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
  blake2b: 'blake2b',
  blake2s: 'blake2s',
};
const openssl: Partial<Record<AlgorithmName, string>> = {
  'sha512-256': 'sha512-256',
  'sha3-256': 'sha3-256',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
};
const xxhsum: Partial<Record<AlgorithmName, string>> = { xxh64: '1', 'xxh3-128': '2' };

type Entry = [AlgorithmName, string];
const entries = (table: Partial<Record<AlgorithmName, string>>): Entry[] => Object.entries(table) as Entry[];

describe.skipIf(!hasProgram('sha256sum'))('coreutils agrees', () => {
  test.each(entries(coreutils))('on %s', (algorithm, program) => compare(`${program} size-*`, algorithm));
});

describe.skipIf(!hasProgram('rhash'))('RHash agrees', () => {
  test.each(entries(rhash))('on %s', (algorithm, option) => {
    compare(`rhash --simple --${option} size-*`, algorithm);
  });
});

describe.skipIf(!hasProgram('openssl'))('OpenSSL agrees', () => {
  test.each(entries(openssl))('on %s', (algorithm, option) => compare(`openssl dgst -r -${option} size-*`, algorithm));
});

describe.skipIf(!hasProgram('xxhsum'))('xxhsum agrees', () => {
  test.each(entries(xxhsum))('on %s', (algorithm, option) => compare(`xxhsum -q -H${option} size-*`, algorithm));
  test('on xxh3-64', () => compare('xxhsum -q -H3 size-*', 'xxh3-64'));
});

test.skipIf(!hasProgram('b3sum'))('b3sum agrees on blake3', () => compare('b3sum size-*', 'blake3'));

test('ED2K in its two conventions differs exactly where the last chunk is full', () => {
  for (const [name, digests] of ours) {
    const full = name === 'size-9728000';
    expect(digests.ed2k === digests['ed2k-blue'], name).toBe(!full);
  }
});

test('every algorithm gave a digest of every file', () => {
  for (const digests of ours.values()) expect(Object.keys(digests).sort()).toEqual([...algorithmNames].sort());
  expect(ours.size).toBe(sizes.length);
});
