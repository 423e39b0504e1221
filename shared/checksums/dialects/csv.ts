/** Hashlane's CSV: the heading names the columns; `pathBase64` has the exact name where `path` cannot. */
import { algorithmCalled } from '../../tables/algorithm-alias.ts';
import type { AlgorithmName } from '../../tables/algorithms.ts';
import { fromBase64 } from '../../text/decode.ts';
import type { DialectName, ExpectedDigest } from '../model.ts';
import {
  asText,
  comment,
  type DialectReader,
  isBlank,
  malformed,
  nothing,
  type Reading,
  withoutDigest,
} from './dialect.ts';
import { digestFromText } from './digest.ts';

const encoder = new TextEncoder();

/** The fields of a whole record; null when a quotation mark is not closed. */
function csvFields(text: string): string[] | null {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(text);
    if (match === null) return null;
    fields.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === '') return fields;
    // A comma at the very end is followed by an empty field.
    if (field.lastIndex === text.length) return [...fields, ''];
  }
}

interface Columns {
  readonly path: number;
  readonly size: number;
  readonly pathBase64: number;
  readonly digests: readonly { readonly at: number; readonly algorithm: AlgorithmName }[];
}

function columnsOf(heading: readonly string[]): Columns | null {
  const digests = heading.flatMap((name, at) => {
    const algorithm = algorithmCalled(name);
    return algorithm === null ? [] : [{ at, algorithm }];
  });
  const path = heading.indexOf('path');
  if (path < 0 || digests.length === 0) return null;
  return { path, size: heading.indexOf('size'), pathBase64: heading.indexOf('pathBase64'), digests };
}

export function isCsvHeading(line: string): boolean {
  return line.startsWith('path,') && columnsOf(line.split(',')) !== null;
}

export class CsvReader implements DialectReader {
  readonly dialect: DialectName = 'csv';
  #columns: Columns | null = null;
  /** The lines so far of a record with a line end within quotation marks. */
  #open = '';

  read(record: Uint8Array): Reading {
    if (isBlank(record) && this.#open === '') return nothing;
    // Within quotation marks a carriage return belongs to the name.
    const line = asText(record);
    const whole = this.#open === '' ? line : `${this.#open}\n${line}`;
    const isOpen = (whole.split('"').length - 1) % 2 === 1;
    const text = isOpen ? whole : whole.replace(/\r$/, '');
    if (isOpen) {
      if (text.length > 65_536) {
        this.#open = '';
        return malformed('too-long');
      }
      this.#open = text;
      return nothing;
    }
    this.#open = '';
    const fields = csvFields(text);
    if (fields === null) return malformed('not-in-dialect');
    if (this.#columns === null) {
      this.#columns = columnsOf(fields);
      return this.#columns === null ? malformed('not-in-dialect') : comment;
    }
    return this.#entry(fields, this.#columns);
  }

  /** A quotation mark that is never closed has taken in all lines after it. */
  end(): Reading {
    return this.#open === '' ? nothing : malformed('truncated');
  }

  #entry(fields: readonly string[], columns: Columns): Reading {
    const exact = fields[columns.pathBase64] ?? '';
    const path = fields[columns.path] ?? '';
    const name = exact === '' ? encoder.encode(path) : fromBase64(exact)?.bytes;
    if (name === undefined || name.length === 0) return malformed('no-name');
    const size = fields[columns.size] ?? '';
    if (size !== '' && !/^\d{1,15}$/.test(size)) return malformed('bad-size');
    const digests: ExpectedDigest[] = [];
    for (const { at, algorithm } of columns.digests) {
      const text = fields[at] ?? '';
      if (text === '') continue;
      const digest = digestFromText(algorithm, text);
      if (digest === null) return malformed('digest-length');
      digests.push(digest);
    }
    if (digests.length === 0) return withoutDigest(name, size === '' ? null : Number(size));
    return { kind: 'entry', name, digests, size: size === '' ? null : Number(size), dialect: 'csv', label: 'CSV' };
  }
}
