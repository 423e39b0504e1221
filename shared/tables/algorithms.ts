/**
 * Every algorithm Hashlane knows. The one source of names, ids and lengths: the native engine's
 * header is generated from it (`npm run contract`).
 *
 * `id` is the bit of the batch header's algorithm mask and never changes once released (0…63).
 * Digests lie in a batch in ascending id. `digestLength` is in bytes. `encoding` is the custom of
 * the field for printing. `tag` is the BSD-style tag. `fit` tells whether the algorithm still
 * resists someone who wants to deceive you: `secure`, `broken` (collisions are practical) or
 * `checksum` (finds accidents only).
 */
export interface Algorithm {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly tag: string;
  readonly digestLength: number;
  readonly encoding: 'hex' | 'base32';
  readonly fit: 'secure' | 'broken' | 'checksum';
  readonly family: 'SHA-2' | 'SHA-3' | 'BLAKE' | 'Checksums' | 'Sharing' | 'Legacy';
}

export const algorithms = [
  {
    id: 0,
    name: 'crc32',
    label: 'CRC-32',
    tag: 'CRC32',
    digestLength: 4,
    encoding: 'hex',
    fit: 'checksum',
    family: 'Checksums',
  },
  {
    id: 1,
    name: 'crc32c',
    label: 'CRC-32C',
    tag: 'CRC32C',
    digestLength: 4,
    encoding: 'hex',
    fit: 'checksum',
    family: 'Checksums',
  },
  {
    id: 2,
    name: 'xxh64',
    label: 'XXH64',
    tag: 'XXH64',
    digestLength: 8,
    encoding: 'hex',
    fit: 'checksum',
    family: 'Checksums',
  },
  {
    id: 3,
    name: 'xxh3-64',
    label: 'XXH3-64',
    tag: 'XXH3',
    digestLength: 8,
    encoding: 'hex',
    fit: 'checksum',
    family: 'Checksums',
  },
  {
    id: 4,
    name: 'xxh3-128',
    label: 'XXH3-128',
    tag: 'XXH128',
    digestLength: 16,
    encoding: 'hex',
    fit: 'checksum',
    family: 'Checksums',
  },
  { id: 5, name: 'md4', label: 'MD4', tag: 'MD4', digestLength: 16, encoding: 'hex', fit: 'broken', family: 'Legacy' },
  { id: 6, name: 'md5', label: 'MD5', tag: 'MD5', digestLength: 16, encoding: 'hex', fit: 'broken', family: 'Legacy' },
  {
    id: 7,
    name: 'sha1',
    label: 'SHA-1',
    tag: 'SHA1',
    digestLength: 20,
    encoding: 'hex',
    fit: 'broken',
    family: 'Legacy',
  },
  {
    id: 8,
    name: 'ed2k',
    label: 'ED2K',
    tag: 'ED2K',
    digestLength: 16,
    encoding: 'hex',
    fit: 'broken',
    family: 'Sharing',
  },
  {
    id: 9,
    name: 'ed2k-blue',
    label: 'ED2K (blue)',
    tag: 'ED2K-BLUE',
    digestLength: 16,
    encoding: 'hex',
    fit: 'broken',
    family: 'Sharing',
  },
  {
    id: 10,
    name: 'sha224',
    label: 'SHA-224',
    tag: 'SHA224',
    digestLength: 28,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-2',
  },
  {
    id: 11,
    name: 'sha256',
    label: 'SHA-256',
    tag: 'SHA256',
    digestLength: 32,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-2',
  },
  {
    id: 12,
    name: 'sha384',
    label: 'SHA-384',
    tag: 'SHA384',
    digestLength: 48,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-2',
  },
  {
    id: 13,
    name: 'sha512',
    label: 'SHA-512',
    tag: 'SHA512',
    digestLength: 64,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-2',
  },
  {
    id: 14,
    name: 'sha512-256',
    label: 'SHA-512/256',
    tag: 'SHA512-256',
    digestLength: 32,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-2',
  },
  {
    id: 15,
    name: 'sha3-224',
    label: 'SHA3-224',
    tag: 'SHA3-224',
    digestLength: 28,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-3',
  },
  {
    id: 16,
    name: 'sha3-256',
    label: 'SHA3-256',
    tag: 'SHA3-256',
    digestLength: 32,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-3',
  },
  {
    id: 17,
    name: 'sha3-384',
    label: 'SHA3-384',
    tag: 'SHA3-384',
    digestLength: 48,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-3',
  },
  {
    id: 18,
    name: 'sha3-512',
    label: 'SHA3-512',
    tag: 'SHA3-512',
    digestLength: 64,
    encoding: 'hex',
    fit: 'secure',
    family: 'SHA-3',
  },
  {
    id: 19,
    name: 'blake2b',
    label: 'BLAKE2b',
    tag: 'BLAKE2b',
    digestLength: 64,
    encoding: 'hex',
    fit: 'secure',
    family: 'BLAKE',
  },
  {
    id: 20,
    name: 'blake2s',
    label: 'BLAKE2s',
    tag: 'BLAKE2s',
    digestLength: 32,
    encoding: 'hex',
    fit: 'secure',
    family: 'BLAKE',
  },
  {
    id: 21,
    name: 'blake3',
    label: 'BLAKE3',
    tag: 'BLAKE3',
    digestLength: 32,
    encoding: 'hex',
    fit: 'secure',
    family: 'BLAKE',
  },
] as const satisfies readonly Algorithm[];

export type AlgorithmName = (typeof algorithms)[number]['name'];

/** All names, in id order; never empty. */
export const algorithmNames = algorithms.map((algorithm) => algorithm.name) as [AlgorithmName, ...AlgorithmName[]];

const byName = new Map<string, Algorithm & { name: AlgorithmName }>(algorithms.map((a) => [a.name, a]));

/** The algorithm called `name`, or undefined. Names are lower case. */
export function findAlgorithm(name: string): (Algorithm & { name: AlgorithmName }) | undefined {
  return byName.get(name);
}

/** The algorithm called `name`, which the type system already knows to exist. */
export function algorithm(name: AlgorithmName): Algorithm & { name: AlgorithmName } {
  return byName.get(name) as Algorithm & { name: AlgorithmName };
}
