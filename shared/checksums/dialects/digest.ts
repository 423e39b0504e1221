/** The text of one digest, and which algorithm it is of. */
import { type AlgorithmName, algorithm } from '../../tables/algorithms.ts';
import { fromCustom } from '../../text/custom-digests.ts';
import { fromBase32, fromBase64 } from '../../text/decode.ts';
import type { ExpectedDigest } from '../model.ts';

/** Value of a hexadecimal digit, of either case; 255 for every other byte. */
const hexValues = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Where the run of hexadecimal digits from `start` on ends. */
export function hexEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && hexValues[bytes[at]!]! < 16) at++;
  return at;
}

/** The bytes that the digits from `start` to before `end`, an even number, stand for. */
export function hexBytes(text: Uint8Array, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1);
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = (hexValues[text[start + at * 2]!]! << 4) | hexValues[text[start + at * 2 + 1]!]!;
  return bytes;
}

/** What a digest without a tag is of where nobody says: what the field means by that length. */
const byLength: Readonly<Record<number, AlgorithmName>> = {
  4: 'crc32',
  8: 'xxh64',
  16: 'md5',
  20: 'sha1',
  24: 'tiger',
  28: 'sha224',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};

/** The algorithm of an untagged digest of `bytes` bytes: the hinted one if its digests are as long. */
export function algorithmOfLength(bytes: number, hint: AlgorithmName | null): AlgorithmName | null {
  if (hint !== null && algorithm(hint).digestLength === bytes) return hint;
  return byLength[bytes] ?? null;
}

/** Where base64 and base32 have a name: text that is not hexadecimal, as a digest of the algorithm. */
export function digestFromText(name: AlgorithmName, text: string): ExpectedDigest | null {
  const { digestLength, encoding } = algorithm(name);
  const custom = fromCustom(encoding, text);
  if (custom !== null) return { algorithm: name, bytes: custom };
  const isHex = text.length === digestLength * 2 && /^[0-9a-f]+$/i.test(text);
  if (isHex) {
    const bytes = new TextEncoder().encode(text);
    return { algorithm: name, bytes: hexBytes(bytes, 0, bytes.length) };
  }
  const base32 = encoding === 'base32' || name === 'sha1' ? fromBase32(text) : null;
  if (base32?.length === digestLength) return { algorithm: name, bytes: base32 };
  const base64 = fromBase64(text);
  // Cut off, it may still have the length that is wanted.
  return base64?.isPadded && base64.bytes.length === digestLength ? { algorithm: name, bytes: base64.bytes } : null;
}

/** The algorithm of an untagged digest in base64 or base32, by its length. */
export function untaggedFromText(text: string, hint: AlgorithmName | null): ExpectedDigest | null {
  if (hint !== null) {
    const hinted = digestFromText(hint, text);
    if (hinted !== null) return hinted;
  }
  const base64 = fromBase64(text);
  if (base64?.isPadded && text.endsWith('=')) {
    const name = algorithmOfLength(base64.bytes.length, hint);
    if (name !== null) return { algorithm: name, bytes: base64.bytes };
  }
  // Two digests of the field are written in base32: 39 letters are a Tiger tree, 32 are AICH.
  if (/^[A-Z2-7]{39}$/i.test(text)) return digestFromText('tth', text);
  return /^[A-Z2-7]{32}$/.test(text) ? digestFromText('aich', text) : null;
}
