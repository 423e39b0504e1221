/**
 * Go's name of a folder (`golang.org/x/mod/sumdb/dirhash`, Hash1), which in-toto uses as well: the SHA-256 of the lines
 * that sha256sum would write, sorted by the bytes of the names.
 */
import { toBase64 } from '../text/base64.ts';
import { compareBytes } from '../text/compare-bytes.ts';
import { toHex } from '../text/hex.ts';

export interface NamedDigest {
  /** `/` between segments. */
  readonly name: Uint8Array;
  /** SHA-256. */
  readonly digest: Uint8Array;
}

const encoder = new TextEncoder();
const lineFeed = 0x0a;

/** Names with a line feed have no dirHash. */
export function hasDirHash(name: Uint8Array): boolean {
  return !name.includes(lineFeed);
}

/** What is hashed, piece by piece. */
export function* dirHashLines(files: readonly NamedDigest[]): Generator<Uint8Array> {
  for (const { name, digest } of files.toSorted((a, b) => compareBytes(a.name, b.name))) {
    yield encoder.encode(`${toHex(digest)}  `);
    yield name;
    yield Uint8Array.of(lineFeed);
  }
}

/** `h1:` and the SHA-256 of the lines in base64. */
export function dirHashText(digest: Uint8Array): string {
  return `h1:${toBase64(digest)}`;
}
