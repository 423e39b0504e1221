/** Names of algorithms as other programs write them: `SHA-256`, `sha2-256`, `SHA512/256`, `xxh3`, `b2sum`. */
import { type AlgorithmName, algorithms } from './algorithms.ts';

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const others: Readonly<Record<string, AlgorithmName>> = {
  sha2224: 'sha224',
  sha2256: 'sha256',
  sha2384: 'sha384',
  sha2512: 'sha512',
  sha2512224: 'sha512-224',
  sha2512256: 'sha512-256',
  blake2b512: 'blake2b',
  blake2s256: 'blake2s',
  blake3256: 'blake3',
  xxh3: 'xxh3-64',
  xxh128: 'xxh3-128',
  xxhash64: 'xxh64',
  xxhash32: 'xxh32',
  rmd160: 'ripemd160',
  crc: 'crc32',
  crc32b: 'crc32',
  ripemd: 'ripemd160',
  tigertree: 'tth',
  treetiger: 'tth',
  kangarootwelve: 'k12',
  dropboxhash: 'dropbox',
  quickxorhash: 'quickxor',
  // The part sizes of S3 as people write them; without one the AWS command's own.
  s3etag: 's3-etag:8MiB',
  ...Object.fromEntries(
    ([5, 8, 15, 16] as const).flatMap((mebibytes) =>
      ['', 'm', 'mb', String(mebibytes << 20)].map((unit, way) => [
        `s3etag${way < 3 ? `${mebibytes}${unit}` : unit}`,
        `s3-etag:${mebibytes}MiB` as const,
      ]),
    ),
  ),
};

const byName = new Map<string, AlgorithmName>([
  ...algorithms.flatMap(({ name, label, tag }) =>
    [name, label, tag].map((each) => [plain(each), name] as [string, AlgorithmName]),
  ),
  ...Object.entries(others),
]);

export function algorithmCalled(name: string): AlgorithmName | null {
  return byName.get(plain(name)) ?? null;
}
