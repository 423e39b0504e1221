/**
 * Lists of lines: each is read as what it is, for lists are joined and edited. A line that is a digest alone is an entry
 * only where it is all there is, as in `image.iso.sha256`.
 */
import type { DialectName, ExpectedDigest } from '../model.ts';
import { comment, type DialectReader, isBlank, nothing, type Reading, type ReadingContext } from './dialect.ts';
import { readIntegrity, readLink } from './links.ts';
import { readTagged } from './tagged.ts';
import { UntaggedReader } from './untagged.ts';

const numberSign = 0x23;

export class TextLinesReader implements DialectReader {
  readonly dialect: DialectName;
  readonly #untagged: UntaggedReader;

  constructor(dialect: 'gnu' | 'gnu-zero' | 'bsd-reversed', context: ReadingContext) {
    this.dialect = dialect;
    this.#untagged = new UntaggedReader(dialect, context);
  }

  read(record: Uint8Array): Reading {
    if (record[0] === numberSign) return comment;
    if (isBlank(record)) return nothing;
    return readTagged(record) ?? readLink(record) ?? readIntegrity(record) ?? this.#untagged.read(record);
  }

  bareDigest(record: Uint8Array): ExpectedDigest | null {
    return this.#untagged.bareDigest(record);
  }
}
