/** Every digest against the programs that people trust, on the same files. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Algorithm,
  type AlgorithmName,
  algorithmNames,
  algorithms,
  algorithm as tableRow,
} from '#shared/tables/algorithms.ts';
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
const emptyMd5 = 'd41d8cd98f00b204e9800998ecf8427e';
const ofClouds = [
  'git-blob',
  'git-blob-sha256',
  'crc64-nvme',
  'quickxor',
  'dropbox',
  'c4',
  'k12',
  's3-etag:5MiB',
  's3-etag:8MiB',
  's3-etag:15MiB',
  's3-etag:16MiB',
] as const;

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
  await hashFiles(['ed2k,ed2k-blue,aich,tth', ...ofClouds].join(), 'tree-*');
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

describe.skipIf(!hasProgram('git'))('Git agrees', () => {
  const objects = (repository: string): string =>
    `for file in size-* tree-*; do echo "$(git ${repository} hash-object --no-filters $file)  $file"; done`;
  test('on git-blob', () => {
    expect(agreeing(objects(''), 'git-blob')).toBe(sizes.length + treeSizes.length);
  });
  test('on git-blob-sha256', () => {
    const command = `git init -q --bare --object-format=sha256 repo; ${objects('--git-dir=repo')}; rm -r repo`;
    expect(agreeing(command, 'git-blob-sha256')).toBe(sizes.length + treeSizes.length);
  });
});

/** Digests of pieces, by their definition over Node's own. */
function inPieces(file: string, pieceBytes: number, algorithm: string): Buffer[] {
  const bytes = readFileSync(scratch.at(file));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    pieces.push(
      createHash(algorithm)
        .update(bytes.subarray(at, at + pieceBytes))
        .digest(),
    );
  return pieces;
}

test('Dropbox’s hash and the ETags of S3 are what their definitions give', () => {
  for (const [file, digests] of ours) {
    const blocks = Buffer.concat(inPieces(file, 4 << 20, 'sha256'));
    expect(digests.dropbox, file).toBe(createHash('sha256').update(blocks).digest('hex'));
    const size = Number(/\d+$/.exec(file)![0]);
    for (const mebibytes of [5, 8, 15, 16] as const) {
      const parts = inPieces(file, mebibytes << 20, 'md5');
      const joined = createHash('md5').update(Buffer.concat(parts)).digest('hex');
      const expected = size < mebibytes << 20 ? (parts[0]?.toString('hex') ?? emptyMd5) : `${joined}-${parts.length}`;
      expect(digests[`s3-etag:${mebibytes}MiB`], `${file}, ${mebibytes} MiB`).toBe(expected);
    }
  }
});

test('each alone is what it is among the others', async () => {
  const among = new Map(ours);
  for (const algorithm of [...ofClouds, 'ed2k'] as const) {
    await hashFiles(algorithm, 'tree-*');
    for (const [file, digests] of among)
      if (file.startsWith('tree-'))
        expect(ours.get(file)![algorithm], `${file}, ${algorithm}`).toBe(digests[algorithm]);
  }
  for (const [file, digests] of among) ours.set(file, digests);
}, 60_000);

test('ED2K in its two conventions differs exactly where the last chunk is full', () => {
  for (const [name, digests] of ours) {
    const size = Number(/\d+$/.exec(name)![0]);
    const full = size > 0 && size % 9_728_000 === 0;
    expect(digests.ed2k === digests['ed2k-blue'], name).toBe(!full);
  }
});

const forms: Record<Algorithm['encoding'], (bytes: number) => RegExp> = {
  hex: (bytes) => new RegExp(`^[0-9a-f]{${bytes * 2}}$`),
  base32: (bytes) => new RegExp(`^[A-Z2-7]{${Math.ceil((bytes * 8) / 5)}}$`),
  base64: (bytes) => new RegExp(`^(?=.{${Math.ceil(bytes / 3) * 4}}$)[A-Za-z0-9+/]+={0,2}$`),
  c4: () => /^c4[1-9A-HJ-NP-Za-km-z]{88}$/,
  's3-etag': (bytes) => new RegExp(`^[0-9a-f]{${(bytes - 4) * 2}}(-[1-9]\\d{0,4})?$`),
};

test('every algorithm gave a digest of every file, in the length and letters of its field', () => {
  for (const size of sizes) {
    const digests = ours.get(`size-${size}`)!;
    expect(Object.keys(digests)).toEqual(algorithmNames);
    for (const { name, digestLength, encoding } of algorithms) {
      expect(digests[name], name).toMatch(forms[encoding](digestLength));
    }
  }
  expect(ours.size).toBe(sizes.length + treeSizes.length);
});
