/** Multihashes and content identifiers (CIDs) of IPFS, as far as they are digests of the file itself. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { fromBase32, fromBase58, fromBase64, fromHex } from '../text/decode.ts';
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';

/** Codes of the multicodec table. */
const hashes: ReadonlyMap<number, AlgorithmName> = new Map([
  [0x11, 'sha1'],
  [0x12, 'sha256'],
  [0x13, 'sha512'],
  [0x14, 'sha3-512'],
  [0x15, 'sha3-384'],
  [0x16, 'sha3-256'],
  [0x17, 'sha3-224'],
  [0x1e, 'blake3'],
  [0x20, 'sha384'],
  [0xd4, 'md4'],
  [0xd5, 'md5'],
  [0x1013, 'sha224'],
  [0x1014, 'sha512-224'],
  [0x1015, 'sha512-256'],
  [0x1053, 'ripemd160'],
  [0x534d, 'sm3'],
  [0xb240, 'blake2b'],
  [0xb260, 'blake2s'],
]);

const rawCodec = 0x55;
const chunkedCodec = 0x70;

const chunkedReason =
  'This CID is of a file that was cut into pieces: it depends on how they were cut, so the file alone cannot be held against it.';

/** A number in groups of seven bits, the lowest first; null when it does not end, or is no multicodec. */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let here = at; here < bytes.length && here < at + 4; here++) {
    value += (bytes[here]! & 0x7f) * 2 ** (7 * (here - at));
    if (bytes[here]! < 0x80) return { value, next: here + 1 };
  }
  return null;
}

/** The digest that begins at `at` and ends the bytes. */
function multihash(bytes: Uint8Array, at: number, form: string): Recognition {
  const code = varint(bytes, at);
  const length = code === null ? null : varint(bytes, code.next);
  if (code === null || length === null || length.value !== bytes.length - length.next) return unknown;
  const name = hashes.get(code.value);
  if (name === undefined) {
    return refused(`This ${form} is of the hash function 0x${code.value.toString(16)}, which is not known here.`);
  }
  if (length.value !== algorithm(name).digestLength) {
    return refused(`This ${form} holds a shortened ${algorithm(name).label} digest, which is not checked.`);
  }
  return expectedOf(form, [[{ algorithm: name, bytes: bytes.slice(length.next) }]]);
}

function cid(bytes: Uint8Array): Recognition {
  const version = varint(bytes, 0);
  if (version?.value !== 1) return unknown;
  const codec = varint(bytes, version.next);
  if (codec === null) return unknown;
  const inside = multihash(bytes, codec.next, 'CID');
  if (inside.kind === 'unknown') return unknown;
  if (codec.value === chunkedCodec) return refused(chunkedReason);
  if (codec.value !== rawCodec) {
    return refused(`This CID is of data of the kind 0x${codec.value.toString(16)}, not of a file.`);
  }
  return inside;
}

/** By the letter that says the base. */
function multibase(text: string): Uint8Array | null {
  const digits = text.slice(1);
  switch (text[0]) {
    case 'f':
    case 'F':
      return fromHex(digits);
    case 'b':
    case 'B':
      return fromBase32(digits);
    case 'z':
      return fromBase58(digits);
    case 'm':
    case 'u':
    case 'U':
      return fromBase64(digits)?.bytes ?? null;
    default:
      return null;
  }
}

const leastText = 30;

/** A CID of either version, or a multihash in hex or base 58. */
export function contentIdentifier(text: string): Recognition {
  if (text.length < leastText || /\s/.test(text)) return unknown;
  if (/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(text) && fromBase58(text)?.length === 34) return refused(chunkedReason);
  const based = multibase(text);
  if (based !== null) {
    const whole = cid(based);
    if (whole.kind !== 'unknown') return whole;
    const inside = multihash(based, 0, 'multihash');
    if (inside.kind === 'expected') return inside;
  }
  for (const bytes of [fromHex(text), fromBase58(text)]) {
    if (bytes === null || bytes.length < 18) continue;
    const inside = multihash(bytes, 0, 'multihash');
    if (inside.kind === 'expected') return inside;
  }
  return unknown;
}
