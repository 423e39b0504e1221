/** Simple File Verification: `name CRC32`, comments after `;`. Names may hold spaces; separators are often `\`. */
import type { DialectName } from '../model.ts';
import { comment, type DialectReader, isBlank, malformed, nothing, type Reading } from './dialect.ts';
import { hexBytes, hexEnd } from './digest.ts';

const digits = 8;
const semicolon = 0x3b;
const isGap = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

export class SfvReader implements DialectReader {
  readonly dialect: DialectName = 'sfv';

  read(record: Uint8Array): Reading {
    if (record[0] === semicolon) return comment;
    if (isBlank(record)) return nothing;
    let end = record.length;
    while (isGap(record[end - 1])) end--;
    const start = end - digits;
    if (start < 0 || hexEnd(record.subarray(0, end), start) !== end) return malformed('no-digest');
    if (start > 0 && !isGap(record[start - 1])) return malformed('digest-length');
    let nameEnd = start;
    while (isGap(record[nameEnd - 1])) nameEnd--;
    if (nameEnd <= 0) return malformed('no-name');
    const digest = { algorithm: 'crc32', bytes: hexBytes(record, start, end) } as const;
    const name = record.slice(0, nameEnd);
    return { kind: 'entry', name, digests: [digest], size: null, dialect: 'sfv', label: 'SFV' };
  }
}
