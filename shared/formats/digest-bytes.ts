import type { Algorithm } from '../tables/algorithms.ts';
import { toBase32 } from '../text/base32.ts';
import type { ByteBuilder } from './byte-builder.ts';

/** Appends the digest of `algorithm` that begins at `start` in `source`, as its field writes it. */
export function appendDigest(out: ByteBuilder, source: Uint8Array, start: number, algorithm: Algorithm): void {
  const end = start + algorithm.digestLength;
  if (algorithm.encoding === 'hex') out.hex(source, start, end);
  else out.text(toBase32(source.subarray(start, end)));
}
