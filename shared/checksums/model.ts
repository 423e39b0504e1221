/**
 * What a checksum file says, whatever its dialect: a stream of items in the order of the file. Names and digests are
 * bytes, for a name may be no text at all. Nothing here knows a file system: who checks an entry decides what its name
 * may reach.
 */
import type { AlgorithmName } from '../tables/algorithms.ts';

export interface ExpectedDigest {
  readonly algorithm: AlgorithmName;
  /** As the engine gives it: not hexadecimal. */
  readonly bytes: Uint8Array;
}

/** A file that the manifest names. */
export interface ManifestEntry {
  readonly kind: 'entry';
  /** The line it begins at, from 1; for JSON, the element's number. */
  readonly line: number;
  /** Unescaped, otherwise as written: separators may be `/` or `\`. Empty for a single digest without a name. */
  readonly name: Uint8Array;
  /** All of them hold for the file; at least one. */
  readonly digests: readonly ExpectedDigest[];
  /** Bytes of the file; null where the dialect or the line does not say. */
  readonly size: number | null;
}

/** A line that says nothing usable. Reading goes on after it. */
export interface MalformedLine {
  readonly kind: 'malformed';
  readonly line: number;
  /** The line itself, cut off after `maxQuotedBytes`. */
  readonly text: Uint8Array;
  readonly reason: MalformedReason;
  /** Of an object or a row that names a file and has no digest of it ('no-digest'). */
  readonly name?: Uint8Array;
  /** Its size, where it has one. */
  readonly size?: number;
}

/** Kept so that a manifest can be rewritten with its comments where they were. */
export interface CommentLine {
  readonly kind: 'comment';
  readonly line: number;
  readonly text: Uint8Array;
}

export type ManifestItem = ManifestEntry | MalformedLine | CommentLine;

export type MalformedReason =
  | 'no-digest'
  | 'no-name'
  | 'unknown-algorithm'
  | 'digest-length'
  | 'bad-escape'
  | 'bad-size'
  | 'not-in-dialect'
  | 'too-long'
  | 'truncated';

export const maxQuotedBytes = 256;

/** A longer line is malformed ('too-long') and is skipped with bounded memory. */
export const maxLineBytes = 1 << 20;

export type DialectName =
  | 'gnu'
  | 'gnu-zero'
  | 'bsd-reversed'
  | 'bsd'
  | 'openssl'
  | 'base64'
  | 'sfv'
  | 'hashdeep'
  | 'corz'
  | 'xxhsum'
  | 'b3sum'
  | 'ed2k'
  | 'magnet'
  | 'sri'
  | 'json'
  | 'jsonl'
  | 'csv'
  | 'single'
  | 'rclone-hashsum'
  | 'rclone-lsjson'
  | 's3-listing';

/** What was recognised before the first entry. */
export interface Recognised {
  readonly dialect: DialectName;
  /** For people: "SHA-256, GNU, binary". */
  readonly explanation: string;
  readonly lineEnding: '\n' | '\r\n' | '\0';
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';
  /** A signature around or inside the text that the reader does not check. */
  readonly envelope: 'none' | 'pgp-clearsigned' | 'signify';
}

export interface ManifestReaderOptions {
  /** The manifest's own file name: `SHA512SUMS` and `x.iso.md5` say which algorithm a bare digest is. */
  readonly fileName?: string;
  /** Overrides what names and lengths suggest for digests without a tag. */
  readonly algorithm?: AlgorithmName;
  /** Overrides recognition. */
  readonly dialect?: DialectName;
}

/** Push parser: synchronous, never throws on any input, holds at most a line and what recognition needs. */
export interface ManifestReader {
  /** Null until enough was read; never null after `end`. */
  readonly recognised: Recognised | null;
  push(chunk: Uint8Array): ManifestItem[];
  /** The rest. A file that ends within an entry gives a malformed item. */
  end(): ManifestItem[];
}
