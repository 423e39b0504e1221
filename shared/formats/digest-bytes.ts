import type { Algorithm } from '../tables/algorithms.ts';
import { digestText } from '../text/digest-text.ts';
import type { ByteBuilder } from './byte-builder.ts';

/** Appends the digest of `algorithm` that begins at `start` in `source`, as its field writes it. */
export function appendDigest(out: ByteBuilder, source: Uint8Array, start: number, algorithm: Algorithm): void {
  const end = start + algorithm.digestLength;
  if (algorithm.encoding === 'hex') out.hex(source, start, end);
  else out.text(digestText(source.subarray(start, end), algorithm.encoding));
}
