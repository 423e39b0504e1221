/** Text of digests into bytes; null where the text is not of the form. Upper and lower case as each form allows. */

/** Digits in pairs, without anything between them. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length === 0 || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

/**
 * Hex as people write it: `DE AD BE EF`, `de:ad:be:ef`, `dead-beef`. Groups are of one length and at most eight digits,
 * for what follows a digest in a list may be hex as well.
 */
export function fromGroupedHex(text: string): Uint8Array | null {
  const separator = /[ :-]/.exec(text)?.[0];
  if (separator === undefined) return fromHex(text);
  const groups = text.split(separator);
  const length = groups[0]!.length;
  const isEven = groups.every((group, at) =>
    at === groups.length - 1 ? group.length > 0 && group.length <= length : group.length === length,
  );
  return isEven && length <= 8 ? fromHex(groups.join('')) : null;
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const nixAlphabet = '0123456789abcdfghijklmnpqrsvwxyz';
/** Bitcoin's, in the order of their values. */
export const base58Alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Digits of `width` bits, the first one highest; bits that are left over must be 0. */
function fromBits(text: string, alphabet: string, width: number): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * width) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    held = ((held << width) | value) & 0xffff;
    bits += width;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  return held === 0 && bits < width ? bytes : null;
}

export interface Base64 {
  readonly bytes: Uint8Array;
  /** Whether the text ends with `=`, or need not. */
  readonly isPadded: boolean;
}

/** RFC 4648, sections 4 and 5; the padding may be left out, but is right where it is there. */
export function fromBase64(text: string): Base64 | null {
  const digits = text.replace(/={1,2}$/, '');
  // One alphabet or the other, never both.
  if (digits === '' || (/[+/]/.test(digits) && /[-_]/.test(digits))) return null;
  if (digits.length !== text.length && text.length % 4 !== 0) return null;
  const bytes = fromBits(digits.replaceAll('-', '+').replaceAll('_', '/'), base64Alphabet, 6);
  return bytes === null || bytes.length === 0 ? null : { bytes, isPadded: text.length % 4 === 0 };
}

/** RFC 4648, section 6, in one case; the padding may be left out. */
export function fromBase32(text: string): Uint8Array | null {
  const digits = text.replace(/=+$/, '');
  if (digits === '' || (digits.length !== text.length && text.length % 8 !== 0)) return null;
  const upper = digits.toUpperCase();
  if (digits !== upper && digits !== digits.toLowerCase()) return null;
  return fromBits(upper, base32Alphabet, 5);
}

/** Nix's base 32: an alphabet of its own, the last digit highest in the first byte's low bits. */
export function fromNix32(text: string): Uint8Array | null {
  if (text === '') return null;
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  for (let digit = 0; digit < text.length; digit++) {
    const value = nixAlphabet.indexOf(text[text.length - 1 - digit]!);
    if (value < 0) return null;
    const bit = digit * 5;
    const [at, shift] = [bit >> 3, bit & 7];
    const spread = value << shift;
    if (at < bytes.length) bytes[at]! |= spread & 0xff;
    else if ((spread & 0xff) !== 0) return null;
    if (at + 1 < bytes.length) bytes[at + 1]! |= spread >> 8;
    else if (spread >> 8 !== 0) return null;
  }
  return bytes;
}

/** Bitcoin's base 58. At most 128 digits, for the work grows with their square. */
export function fromBase58(text: string): Uint8Array | null {
  if (text === '' || text.length > 128) return null;
  let value = 0n;
  for (const character of text) {
    const digit = base58Alphabet.indexOf(character);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const zeros = /^1*/.exec(text)![0].length;
  const hex = value === 0n ? '' : value.toString(16);
  const rest = hex === '' ? new Uint8Array(0) : fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)!;
  const bytes = new Uint8Array(zeros + rest.length);
  bytes.set(rest, zeros);
  return bytes;
}
