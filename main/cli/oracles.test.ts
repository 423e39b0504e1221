/** Every digest against the programs that people trust, on the same files. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AlgorithmName, algorithmNames, algorithms, algorithm as tableRow } from '#shared/tables/algorithms.ts';
import { loadEngine } from '../engine/native-engine.ts';
import { hasProgram, Scratch } from './testing/scratch.ts';
import { TestWorld } from './testing/test-world.ts';

/** Around the blocks of every kernel, the leaves of TTH, the pieces that are read, and the chunks of ED2K. */
const sizes = [
  0, 1, 31, 32, 48, 55, 56, 63, 64, 65, 111, 127, 128, 129, 1023, 1024, 1025, 4097, 65_536, 1_048_577, 9_727_999,
  9_728_000, 9_728_001,
];
/** Around the blocks of AICH, also in the last block of a chunk, and multiples of the chunk: for hash trees only. */
const treeSizes = [
  184_319, 184_320, 184_321, 368_640, 9_584_639, 9_584_640, 9_584_641, 9_912_319, 9_912_320, 9_912_321, 19_456_000,
  19_456_001, 29_184_000,
];

let scratch: Scratch;
/** Digests by the start of the file's name and its size. */
const ours = new Map<string, Partial<Record<AlgorithmName, string>>>();

function writeFiles(prefix: string, ofSizes: readonly number[]): void {
  for (const size of ofSizes) {
    let state = size + 1;
    const contents = new Uint8Array(size);
    for (let at = 0; at < size; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      contents[at] = state >>> 24;
    }
    scratch.file(`${prefix}-${size}`, contents);
  }
}

async function hashFiles(algorithms: string, include: string): Promise<void> {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  expect(await world.run('-a', algorithms, '--include', include, '--format', 'jsonl', scratch.folder)).toBe(0);
  for (const line of world.printed.trimEnd().split('\n')) {
    const { path, digests } = JSON.parse(line) as { path: string; digests: Partial<Record<AlgorithmName, string>> };
    ours.set(path.slice(scratch.folder.length + 1), digests);
  }
}

beforeAll(async () => {
  scratch = new Scratch();
  writeFiles('size', sizes);
  writeFiles('tree', treeSizes);
  await hashFiles('all', 'size-*');
  await hashFiles('ed2k,ed2k-blue,aich,tth', 'tree-*');
}, 60_000);
afterAll(() => scratch.remove());

/** Reads lines `DIGEST  NAME` or `TAG (NAME) = DIGEST`, compares each with ours and gives their number. */
function agreeing(command: string, algorithm: AlgorithmName): number {
  const lines = scratch.shell(command).trimEnd().split('\n');
  for (const line of lines) {
    const tagged = /^\S+ \((?<name>.+)\) = (?<digest>\S+)$/.exec(line);
    const plain = /^\s*(?<digest>\S+)[ *]+(?<name>\S+)\s*$/.exec(line);
    const { digest, name } = (tagged ?? plain)?.groups ?? {};
    const theirs = tableRow(algorithm).encoding === 'base32' ? digest?.toUpperCase() : digest?.toLowerCase();
    expect(ours.get(name!)?.[algorithm], `${algorithm} of ${name}`).toBe(theirs);
  }
  return lines.length;
}

function compare(command: string, algorithm: AlgorithmName): void {
  expect(agreeing(command, algorithm)).toBe(sizes.length);
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
  tiger: 'tiger',
  tth: 'tth',
  aich: 'aich',
  whirlpool: 'whirlpool',
  ripemd160: 'ripemd160',
  'gost12-256': 'gost12-256',
  'gost12-512': 'gost12-512',
  gost94: 'gost94',
  'gost94-cryptopro': 'gost94-cryptopro',
  has160: 'has160',
  edonr256: 'edonr256',
  edonr512: 'edonr512',
  snefru128: 'snefru128',
  snefru256: 'snefru256',
};
const openssl: Partial<Record<AlgorithmName, string>> = {
  'sha512-224': 'sha512-224',
  'sha512-256': 'sha512-256',
  'sha3-256': 'sha3-256',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
  ripemd160: 'ripemd160',
  sm3: 'sm3',
};
const xxhsum: Partial<Record<AlgorithmName, string>> = { xxh32: '0', xxh64: '1', 'xxh3-128': '2' };

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

describe.skipIf(!hasProgram('rhash'))('RHash agrees where trees begin anew', () => {
  test.each<AlgorithmName>(['ed2k', 'aich', 'tth'])('on %s', (algorithm) => {
    expect(agreeing(`rhash --simple --${algorithm} tree-*`, algorithm)).toBe(treeSizes.length);
  });
});

describe.skipIf(!hasProgram('tigerdeep'))('hashdeep agrees', () => {
  test('on tiger', () => compare('tigerdeep -l size-*', 'tiger'));
  test('on whirlpool', () => compare('whirlpooldeep -l size-*', 'whirlpool'));
});

test.skipIf(!hasProgram('xz'))('xz agrees on crc64-xz', () => {
  // It lists the check of a file's only block; an empty file has none.
  const command = `for file in size-*; do
      test -s $file || continue
      xz -0 -T1 --check=crc64 -c $file > packed.xz
      xz --robot -lvv packed.xz | awk -v name=$file '/^block/ { print $11, name }'
    done; rm packed.xz`;
  expect(agreeing(command, 'crc64-xz')).toBe(sizes.length - 1);
});

// A torrent's dictionary covers the file's name and size.
test.skipIf(!hasProgram('rhash'))('RHash agrees on btih', () => compare('rhash --simple --btih size-*', 'btih'));

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
    const size = Number(/\d+$/.exec(name)![0]);
    const full = size > 0 && size % 9_728_000 === 0;
    expect(digests.ed2k === digests['ed2k-blue'], name).toBe(!full);
  }
});

test('every algorithm gave a digest of every file, in the length and letters of its field', () => {
  for (const size of sizes) {
    const digests = ours.get(`size-${size}`)!;
    expect(Object.keys(digests)).toEqual(algorithmNames);
    for (const { name, digestLength, encoding } of algorithms) {
      const [letters, bits] = encoding === 'base32' ? ['A-Z2-7', 5] : ['0-9a-f', 4];
      expect(digests[name]).toMatch(new RegExp(`^[${letters}]{${Math.ceil((digestLength * 8) / bits)}}$`));
    }
  }
  expect(ours.size).toBe(sizes.length + treeSizes.length);
});
