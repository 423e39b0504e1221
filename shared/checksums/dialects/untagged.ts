/**
 * `digest  name`, as GNU coreutils, b3sum, xxhsum and `rclone hashsum` write it: two spaces, or a space and `*` for files
 * read as binary. Old BSD tools write one space; only where the whole file has them so is it read as such, for a name
 * may begin with a space (coreutils, "md5sum invocation").
 */
import { algorithm } from '../../tables/algorithms.ts';
import type { DialectName, ExpectedDigest } from '../model.ts';
import {
  asText,
  type DialectReader,
  malformed,
  nothing,
  type Reading,
  type ReadingContext,
  unescapeName,
} from './dialect.ts';
import { algorithmOfLength, hexBytes, hexEnd, untaggedFromText } from './digest.ts';

const space = 0x20;
const tab = 0x09;
const asterisk = 0x2a;
const backslash = 0x5c;
const xxh3Mark = new TextEncoder().encode('XXH3_');

interface Start {
  readonly digest: ExpectedDigest;
  readonly end: number;
  readonly dialect: DialectName;
}

/** The digest that the record begins with, from `start` on; a reading when it begins with none. */
function digestAt(record: Uint8Array, start: number, { hint }: ReadingContext): Start | Reading {
  const isXxh3 = record[start] === xxh3Mark[0] && xxh3Mark.every((byte, at) => record[start + at] === byte);
  const from = isXxh3 ? start + xxh3Mark.length : start;
  const end = hexEnd(record, from);
  const isWhole = end === record.length || record[end] === space || record[end] === tab;
  if (isWhole && end > from) {
    if ((end - from) % 2 !== 0) return malformed('digest-length');
    const bytes = (end - from) / 2;
    const name = isXxh3 ? (bytes === 8 ? 'xxh3-64' : null) : algorithmOfLength(bytes, hint);
    if (name !== null) {
      const digest = { algorithm: name, bytes: hexBytes(record, from, end) };
      return { digest, end, dialect: isXxh3 ? 'xxhsum' : 'gnu' };
    }
  }
  let wordEnd = start;
  while (wordEnd < record.length && record[wordEnd] !== space && record[wordEnd] !== tab) wordEnd++;
  // No digest is longer, and text is costly.
  const digest = wordEnd - start <= 128 ? untaggedFromText(asText(record.subarray(start, wordEnd)), hint) : null;
  if (digest !== null) return { digest, end: wordEnd, dialect: 'base64' };
  return malformed(isWhole && end > from ? 'digest-length' : 'no-digest');
}

/** Whether the record is `digest name` with one space: what a whole file must be to be read as that. */
export function isReversed(record: Uint8Array, context: ReadingContext): boolean {
  const found = digestAt(record, 0, context);
  return 'digest' in found && record[found.end] === space && isNameStart(record[found.end + 1]);
}

const isNameStart = (byte: number | undefined): boolean =>
  byte !== undefined && byte !== space && byte !== asterisk && byte !== tab;

export class UntaggedReader implements DialectReader {
  readonly dialect: DialectName;
  readonly #context: ReadingContext;
  readonly #isZeroTerminated: boolean;

  constructor(dialect: 'gnu' | 'gnu-zero' | 'bsd-reversed', context: ReadingContext) {
    this.dialect = dialect;
    this.#context = context;
    this.#isZeroTerminated = dialect === 'gnu-zero';
  }

  read(record: Uint8Array): Reading {
    let start = 0;
    while (record[start] === space || record[start] === tab) start++;
    if (start === record.length) return nothing;
    const isEscaped = record[start] === backslash && !this.#isZeroTerminated;
    const found = digestAt(record, isEscaped ? start + 1 : start, this.#context);
    if (!('digest' in found)) return found;
    const { digest, end } = found;
    if (end === record.length) return malformed('no-name');
    const isReversedLine = this.dialect === 'bsd-reversed' && isNameStart(record[end + 1]);
    const mark = record[end + 1];
    if (!isReversedLine && mark !== space && mark !== asterisk) return malformed('not-in-dialect');
    const written = record.subarray(end + (isReversedLine ? 1 : 2));
    if (written.length === 0) return malformed('no-name');
    const name = isEscaped ? unescapeName(written) : written.slice();
    if (name === null) return malformed('bad-escape');
    const dialect = found.dialect === 'gnu' ? this.dialect : found.dialect;
    const style = isReversedLine ? 'BSD, reversed' : mark === asterisk ? 'GNU, binary' : 'GNU, text';
    const label = dialect === 'base64' ? `base64, ${style}` : style;
    return { kind: 'entry', name, digests: [digest], size: null, dialect, label };
  }

  /** A record that is a digest and nothing else; null for any other. */
  bareDigest(record: Uint8Array): ExpectedDigest | null {
    let start = 0;
    while (record[start] === space || record[start] === tab) start++;
    let end = record.length;
    while (end > start && (record[end - 1] === space || record[end - 1] === tab)) end--;
    const found = digestAt(record.subarray(0, end), start, this.#context);
    return 'digest' in found && found.end === end ? found.digest : null;
  }
}

/** "SHA-256, GNU, binary" */
export function explain(digests: readonly ExpectedDigest[], label: string): string {
  const names = digests.map((digest) => algorithm(digest.algorithm).label).join(' and ');
  return `${names}, ${label}`;
}
