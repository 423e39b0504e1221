/** Bencode, bounded: depth, sizes, and no second form of the same value. Texts stay bytes. */

export type Bencoded = number | Uint8Array | readonly Bencoded[] | BencodedMap;
/** Keys as Latin-1, one unit a byte: v2's file tree has names, its piece layers have digests as keys. */
export interface BencodedMap {
  readonly entries: ReadonlyMap<string, Bencoded>;
  /** Where the value lies in the bytes. */
  readonly start: number;
  readonly end: number;
}

class BencodeError extends Error {
  readonly code = 'bencode-malformed';
  /** In bytes, from 0. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`${message} (byte ${offset})`);
    this.name = 'BencodeError';
    this.offset = offset;
  }
}

export const maxTorrentBytes = 1 << 28;
const maxDepth = 128;

export const isMap = (value: Bencoded | undefined): value is BencodedMap =>
  typeof value === 'object' && !(value instanceof Uint8Array) && !Array.isArray(value);

/** Throws BencodeError. Byte strings are views of `bytes`. */
export function decodeBencode(bytes: Uint8Array): Bencoded {
  let at = 0;
  const fail = (message: string): never => {
    throw new BencodeError(message, at);
  };
  if (bytes.length > maxTorrentBytes) fail(`larger than ${maxTorrentBytes} bytes`);

  /** Decimal digits up to `end`, without leading zeros. */
  const integer = (end: number, mayBeNegative: boolean): number => {
    const from = at;
    while (at < bytes.length && bytes[at] !== end && at - from < 20) at++;
    const text = String.fromCharCode(...bytes.subarray(from, at));
    if (bytes[at] !== end || !/^(0|-?[1-9]\d*)$/.test(text) || (text.startsWith('-') && !mayBeNegative))
      fail('not a number');
    at++;
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : fail('a number is too large');
  };
  const text = (): Uint8Array => {
    const length = integer(0x3a, false);
    if (length > bytes.length - at) fail('a text is longer than the file');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const value = (depth: number): Bencoded => {
    if (depth > maxDepth) fail('nested too deep');
    const start = at;
    switch (bytes[at]) {
      case 0x69:
        at++;
        return integer(0x65, true);
      case 0x6c: {
        at++;
        const list: Bencoded[] = [];
        while (bytes[at] !== 0x65) list.push(value(depth + 1));
        at++;
        return list;
      }
      case 0x64: {
        at++;
        const entries = new Map<string, Bencoded>();
        let before = '';
        while (bytes[at] !== 0x65) {
          const name = latin1(text());
          if (entries.size > 0 && name <= before) fail('keys are not in order');
          before = name;
          entries.set(name, value(depth + 1));
        }
        at++;
        return { entries, start, end: at };
      }
      default:
        return at < bytes.length && bytes[at]! >= 0x30 && bytes[at]! <= 0x39 ? text() : fail('not a value');
    }
  };
  const decoded = value(0);
  if (at !== bytes.length) fail('something follows the value');
  return decoded;
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
