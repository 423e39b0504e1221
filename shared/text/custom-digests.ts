/** Digests in the forms that only one field uses, back into bytes: C4 IDs and the ETags of S3. */
import type { DigestEncoding } from '../tables/algorithms.ts';
import { fromBase58, fromHex } from './decode.ts';
import { maxParts } from './s3-parts.ts';

const c4Bytes = 64;

/** `c4` and 88 digits in base 58, of a number that fits into 64 bytes; null for everything else. */
export function fromC4(text: string): Uint8Array | null {
  if (!/^c4[1-9A-HJ-NP-Za-km-z]{88}$/.test(text)) return null;
  // Leading ones are zeros that only fill up.
  const value = fromBase58(text.slice(2).replace(/^1+/, '')) ?? new Uint8Array(0);
  if (value.length > c4Bytes) return null;
  const bytes = new Uint8Array(c4Bytes);
  bytes.set(value, c4Bytes - value.length);
  return bytes;
}

/** 32 hexadecimal digits, and `-` with the number of parts where there were parts; null for everything else. */
export function fromS3Etag(text: string): Uint8Array | null {
  const [, digits, parts = '0'] = /^([0-9a-f]{32})(?:-([1-9]\d{0,4}))?$/i.exec(text) ?? [];
  if (digits === undefined || Number(parts) > maxParts) return null;
  const bytes = new Uint8Array(20);
  bytes.set(fromHex(digits)!);
  new DataView(bytes.buffer).setUint32(16, Number(parts));
  return bytes;
}

/** The number of parts that an ETag's bytes say: 0 where there were none, and for what is no ETag. */
export function partsOf(etag: Uint8Array): number {
  return etag.length === 20 ? new DataView(etag.buffer, etag.byteOffset).getUint32(16) : 0;
}

/** Whether digests of the encoding are never written as plain hexadecimal, base64 or base32. */
export function isCustom(encoding: DigestEncoding): boolean {
  return encoding === 'c4' || encoding === 's3-etag';
}

/** The bytes of a digest in an encoding that `isCustom`; null where the text is none. */
export function fromCustom(encoding: DigestEncoding, text: string): Uint8Array | null {
  if (encoding === 'c4') return fromC4(text);
  return encoding === 's3-etag' ? fromS3Etag(text) : null;
}
