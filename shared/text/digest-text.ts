import type { Algorithm } from '../tables/algorithms.ts';
import { toBase32 } from './base32.ts';
import { toBase58 } from './base58.ts';
import { toBase64 } from './base64.ts';
import { toHex } from './hex.ts';

type Encoding = Algorithm['encoding'];

/** Digits of a C4 ID behind `c4`: as many as 64 bytes may need. */
const c4Digits = 88;
/** `-10000`: S3 takes no more parts. */
const partsLength = 6;
/** The number of parts, at the end of an ETag's bytes. */
const partsBytes = 4;

/** Letters that `digestText` gives for a digest of `bytes` bytes; at most so many where they differ. */
export function digestTextLength(bytes: number, encoding: Encoding): number {
  switch (encoding) {
    case 'base32':
      return Math.ceil((bytes * 8) / 5);
    case 'base64':
      return Math.ceil(bytes / 3) * 4;
    case 'c4':
      return c4Digits + 2;
    case 's3-etag':
      return (bytes - partsBytes) * 2 + partsLength;
    case 'hex':
      return bytes * 2;
  }
}

/** A digest as its field writes it: lower-case hex, unless another form is the custom. */
export function digestText(digest: Uint8Array, encoding: Encoding): string {
  switch (encoding) {
    case 'base32':
      return toBase32(digest);
    case 'base64':
      return toBase64(digest);
    case 'c4':
      return `c4${toBase58(digest, c4Digits)}`;
    case 's3-etag':
      return etagText(digest);
    case 'hex':
      return toHex(digest);
  }
}

function etagText(digest: Uint8Array): string {
  const end = digest.length - partsBytes;
  const parts = new DataView(digest.buffer, digest.byteOffset + end, partsBytes).getUint32(0);
  return toHex(digest, 0, end) + (parts === 0 ? '' : `-${parts}`);
}
