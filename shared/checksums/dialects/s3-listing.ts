/**
 * What `aws s3api list-objects-v2` says of objects: `{"Contents": [{"Key", "ETag", "Size", …}]}`, or the array alone. The
 * ETag is the MD5 of an object that was uploaded whole; of one in parts it is by a part size that nobody says, so that
 * all usual sizes that give the number of parts come into question, and any one of them is enough.
 */
import { type AlgorithmName, algorithms } from '../../tables/algorithms.ts';
import { fromS3Etag, partsOf } from '../../text/custom-digests.ts';
import { partBytes } from '../../text/s3-parts.ts';
import type { ExpectedDigest } from '../model.ts';
import { asText, type DialectReader, isBlank, malformed, nothing, type Reading, withoutDigest } from './dialect.ts';
import { digestFromText } from './digest.ts';

type Fields = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();
const md5Bytes = 16;

/** Checksums that S3 keeps beside the ETag, where a listing has them; composite ones are of no file. */
const checksums: Readonly<Record<string, AlgorithmName>> = {
  ChecksumCRC32: 'crc32',
  ChecksumCRC32C: 'crc32c',
  ChecksumCRC64NVME: 'crc64-nvme',
  ChecksumSHA1: 'sha1',
  ChecksumSHA256: 'sha256',
};

/** What is shorter than a part has a plain MD5 by our reckoning; uploaded as one part it has no digest that we compute. */
function fits(size: number, part: number, parts: number): boolean {
  return size >= part && Math.ceil(size / part) === parts;
}

/** Null where the text is no ETag. */
function etagDigests(text: string, size: number | null): ExpectedDigest[] | null {
  const bytes = fromS3Etag(text.replace(/^"(.*)"$/, '$1'));
  if (bytes === null) return null;
  const parts = partsOf(bytes);
  if (parts === 0) return [{ algorithm: 'md5', bytes: bytes.subarray(0, md5Bytes) }];
  return algorithms
    .filter(({ encoding }) => encoding === 's3-etag')
    .filter(({ name }) => size === null || fits(size, partBytes(name, size), parts))
    .map(({ name }) => ({ algorithm: name, bytes }));
}

export class S3ListingReader implements DialectReader {
  readonly dialect = 's3-listing';

  read(record: Uint8Array): Reading {
    if (isBlank(record)) return nothing;
    let fields: Fields;
    try {
      const value: unknown = JSON.parse(asText(record));
      if (typeof value !== 'object' || value === null) return malformed('not-in-dialect');
      fields = value as Fields;
    } catch {
      return malformed('not-in-dialect');
    }
    const { Key: key, Size: size = null, ETag: etag } = fields;
    if (typeof key !== 'string' || key === '') return malformed('no-name');
    if (size !== null && !(Number.isSafeInteger(size) && (size as number) >= 0)) return malformed('bad-size');
    const bytes = size as number | null;
    // What consoles put there for a folder.
    if (key.endsWith('/') && bytes === 0) return nothing;
    const digests = typeof etag === 'string' ? etagDigests(etag, bytes) : [];
    if (digests === null) return malformed('digest-length');
    for (const [field, name] of Object.entries(checksums)) {
      const text = fields[field];
      if (typeof text !== 'string' || /-\d+$/.test(text)) continue;
      const digest = digestFromText(name, text);
      if (digest === null) return malformed('digest-length');
      digests.push(digest);
    }
    const name = encoder.encode(key);
    if (digests.length === 0) return withoutDigest(name, bytes);
    return { kind: 'entry', name, digests, size: bytes, dialect: this.dialect, label: 'S3 listing' };
  }
}

/** Of an array, by its first element; of an object, by its first keys. */
export function isS3Listing(text: string): boolean {
  return /"Key"\s*:/.test(text) && (text.startsWith('[') || /"Contents"\s*:\s*\[/.test(text));
}
