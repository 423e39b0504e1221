/** Which program computes which algorithm, and how it calls it. */
import { algorithmNames } from '#shared/tables/algorithms.ts';
import { type Contender, hashdeepOf, rhash } from './contenders.ts';
import { gnu, sevenZip, tagged } from './parsers.ts';
import type { ProgramName } from './programs.ts';

const rhashKnows: ReadonlySet<string> = new Set([
  ...['crc32', 'crc32c', 'md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-224', 'sha3-256'],
  ...['sha3-384', 'sha3-512', 'blake2b', 'blake2s', 'ed2k', 'tth', 'aich', 'tiger', 'whirlpool', 'ripemd160'],
  ...['has160', 'gost94', 'gost94-cryptopro', 'gost12-256', 'gost12-512', 'edonr256', 'edonr512'],
  ...['snefru128', 'snefru256'],
]);

const coreutils: Readonly<Record<string, ProgramName>> = {
  md5: 'md5sum',
  sha1: 'sha1sum',
  sha224: 'sha224sum',
  sha256: 'sha256sum',
  sha384: 'sha384sum',
  sha512: 'sha512sum',
  blake2b: 'b2sum',
};

const openssl: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sm3'].map((name) => [name, name])),
  ...Object.fromEntries(['sha512-256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'].map((name) => [name, name])),
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
  ripemd160: 'rmd160',
};

const xxhsum: Readonly<Record<string, string>> = { xxh32: '-H0', xxh64: '-H1', 'xxh3-128': '-H2', 'xxh3-64': '-H3' };

const sevenZips: Readonly<Record<string, string>> = {
  crc32: 'CRC32',
  'crc64-xz': 'CRC64',
  md5: 'MD5',
  sha1: 'SHA1',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
  'sha3-256': 'SHA3-256',
  xxh64: 'XXH64',
};

/** Everyone who can hash one file by one algorithm. */
export function hashersOf(algorithm: string, file: string): Contender[] {
  const found: Contender[] = [];
  const add = (needs: ProgramName, words: readonly string[], parse = gnu(algorithm)): void => {
    found.push({ name: needs, needs, words: [...words, file], parse });
  };
  if (rhashKnows.has(algorithm)) found.push(rhash([algorithm], file));
  if (coreutils[algorithm]) add(coreutils[algorithm], [coreutils[algorithm]]);
  if (algorithm === 'sm3') add('cksum', ['cksum', '-a', 'sm3'], tagged(algorithm));
  if (openssl[algorithm]) add('openssl', ['openssl', 'dgst', `-${openssl[algorithm]}`], tagged(algorithm));
  if (algorithm === 'blake3') add('b3sum', ['b3sum']);
  if (algorithm === 'tth') add('tthsum', ['tthsum']);
  if (algorithm === 'tiger') add('tigerdeep', ['tigerdeep']);
  if (algorithm === 'whirlpool') add('whirlpooldeep', ['whirlpooldeep']);
  if (['md5', 'sha1', 'sha256'].includes(algorithm)) found.push(hashdeepOf([algorithm], file));
  if (xxhsum[algorithm]) {
    add('xxhsum', ['xxhsum', xxhsum[algorithm]], algorithm === 'xxh3-64' ? tagged(algorithm) : gnu(algorithm));
  }
  if (sevenZips[algorithm]) {
    add('7z', ['7z', 'h', '-bso1', '-bsp0', `-scrc${sevenZips[algorithm]}`], sevenZip(algorithm, file));
  }
  return found;
}

/** Those of `wanted` that this Hashlane computes. */
export const known = (wanted: readonly string[]): string[] =>
  wanted.filter((name) => (algorithmNames as readonly string[]).includes(name));
