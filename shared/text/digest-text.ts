import type { Algorithm } from '../tables/algorithms.ts';
import { toBase32 } from './base32.ts';
import { toHex } from './hex.ts';

/** Letters that `digestText` gives for a digest of `bytes` bytes. */
export function digestTextLength(bytes: number, encoding: Algorithm['encoding']): number {
  return Math.ceil((bytes * 8) / (encoding === 'base32' ? 5 : 4));
}

/** A digest as its field writes it: lower-case hex, or base32 where that is the custom. */
export function digestText(digest: Uint8Array, encoding: Algorithm['encoding']): string {
  return encoding === 'base32' ? toBase32(digest) : toHex(digest);
}
