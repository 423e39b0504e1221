/** What reads one record of a dialect. */
import type { AlgorithmName } from '../../tables/algorithms.ts';
import type { DialectName, ExpectedDigest, MalformedReason } from '../model.ts';

/** What a record says. `label`: for people, after the algorithm. */
export type Reading =
  | {
      readonly kind: 'entry';
      readonly name: Uint8Array;
      readonly digests: readonly ExpectedDigest[];
      readonly size: number | null;
      readonly dialect: DialectName;
      readonly label: string;
    }
  | {
      readonly kind: 'malformed';
      readonly reason: MalformedReason;
      /** See `MalformedLine`. */
      readonly name?: Uint8Array;
      readonly size?: number;
    }
  | { readonly kind: 'comment' }
  /** A blank line, or one of the dialect's own. */
  | { readonly kind: 'nothing' };

export const nothing: Reading = { kind: 'nothing' };
export const comment: Reading = { kind: 'comment' };
export const malformed = (reason: MalformedReason): Reading => ({ kind: 'malformed', reason });
/** An object or a row that is whole but for its digests. */
export const withoutDigest = (name: Uint8Array, size: number | null): Reading => ({
  kind: 'malformed',
  reason: 'no-digest',
  name,
  ...(size === null ? {} : { size }),
});

export interface DialectReader {
  readonly dialect: DialectName;
  read(record: Uint8Array): Reading;
  /** After the last record: what of it was left open. */
  end?(): Reading;
}

export interface ReadingContext {
  /** What digests without a tag are of, where the manifest's name or the person says. */
  readonly hint: AlgorithmName | null;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;

/** The name of a line that begins with a backslash: `\\`, `\n` and `\r`. Null for any other escape. */
export function unescapeName(name: Uint8Array): Uint8Array | null {
  if (!name.includes(backslash)) return name.slice();
  const bytes = new Uint8Array(name.length);
  let length = 0;
  for (let at = 0; at < name.length; at++) {
    let byte = name[at]!;
    if (byte === backslash) {
      const escaped = name[++at];
      if (escaped === backslash) byte = backslash;
      else if (escaped === 0x6e) byte = lineFeed;
      else if (escaped === 0x72) byte = carriageReturn;
      else return null;
    }
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

export function isBlank(record: Uint8Array): boolean {
  return record.every((byte) => byte === 0x20 || byte === 0x09);
}

export const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
