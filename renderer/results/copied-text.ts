/** Rows as text for the clipboard, in slices: a million of them never hold the window up. */
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import type { FormatWriter, LineOptions } from '#shared/formats/format.ts';
import { formats } from '#shared/formats/registry.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import { makeVisible } from '#shared/text/visible.ts';
import type { ResultTable } from './result-table.ts';
import type { Sliced } from './sliced.ts';

/** `lines`: of a checksum file; `table`: separated by tabs, for spreadsheets. */
export const copyForms = ['lines', 'digests', 'paths', 'table', 'markdown', 'ed2k'] as const;
export type CopyForm = (typeof copyForms)[number];

export interface CopyOptions {
  readonly form: CopyForm;
  /** The digests that a table has, in this order. */
  readonly algorithms: readonly AlgorithmName[];
  readonly isUpper: boolean;
}

export interface CopiedText {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** Rows that have a place in the text. */
  readonly count: number;
  readonly bytes: number;
  /** It was given up: more would be of no use to whatever it is pasted into. */
  readonly isTooLong: boolean;
}

/** Bytes. */
const maxCopied = 64 << 20;

const partBytes = 1 << 20;
const rowsASlice = 256;

export function* copiedText(table: ResultTable, rows: Uint32Array, options: CopyOptions): Sliced<CopiedText> {
  const write = writerOf(table, options);
  const out = new ByteBuilder(partBytes);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let count = 0;
  let bytes = 0;
  write.begin(out);
  for (let at = 0; at < rows.length; at++) {
    const before = out.length;
    write.row(out, rows[at]!);
    if (out.length > before) count++;
    if (at % rowsASlice === 0) yield;
    if (out.length < partBytes) continue;
    bytes += out.length;
    parts.push(out.take());
    if (bytes > maxCopied) return { parts: [], count, bytes, isTooLong: true };
  }
  bytes += out.length;
  parts.push(out.take());
  return { parts, count, bytes, isTooLong: false };
}

interface RowWriter {
  begin(out: ByteBuilder): void;
  row(out: ByteBuilder, row: number): void;
}

const nothing = (): void => undefined;

function writerOf(table: ResultTable, options: CopyOptions): RowWriter {
  const { form, isUpper } = options;
  const line: LineOptions = isUpper ? { digits: 'upper' } : {};
  switch (form) {
    // With several algorithms only a line that names its own can be checked.
    case 'lines':
      return batchWriter(table, (names) => formats[names.length > 1 ? 'bsd' : 'gnu'].create(names, line));
    case 'ed2k':
      return batchWriter(table, (names) => formats.ed2k.create(names));
    case 'paths':
      return {
        begin: nothing,
        row: (out, row) => {
          out.bytes(table.batch(row).nameBytes(table.record(row)));
          out.text('\n');
        },
      };
    case 'digests':
      return {
        begin: nothing,
        row: (out, row) => {
          for (const name of options.algorithms) {
            const text = digestOf(table, row, name, isUpper);
            if (text !== '') out.text(`${text}\n`);
          }
        },
      };
    case 'table':
      return tableWriter(table, options, (fields) => `${fields.map(tabField).join('\t')}\r\n`);
    case 'markdown':
      return tableWriter(table, options, (fields, isHead) => {
        const drawn = `| ${fields.map(markdownField).join(' | ')} |\n`;
        return isHead ? `${drawn}|${' --- |'.repeat(fields.length)}\n` : drawn;
      });
  }
}

/** Lines of a format, each job's with its own algorithms. */
function batchWriter(table: ResultTable, create: (names: readonly AlgorithmName[]) => FormatWriter): RowWriter {
  const writers = new Map<readonly AlgorithmName[], FormatWriter>();
  return {
    begin: nothing,
    row(out, row) {
      const batch = table.batch(row);
      let writer = writers.get(batch.algorithms);
      if (writer === undefined) {
        writer = create(batch.algorithms);
        writers.set(batch.algorithms, writer);
      }
      writer.record(out, batch, table.record(row));
    },
  };
}

function tableWriter(
  table: ResultTable,
  { algorithms, isUpper }: CopyOptions,
  line: (fields: readonly string[], isHead: boolean) => string,
): RowWriter {
  return {
    begin: (out) =>
      out.text(line(['Path', 'Size', 'Status', ...algorithms.map((name) => algorithm(name).label)], true)),
    row: (out, row) => {
      const batch = table.batch(row);
      const record = table.record(row);
      const digests = algorithms.map((name) => digestOf(table, row, name, isUpper));
      const status = batch.status(record);
      // The size of what could not be read is not known.
      const size = status === 'ok' || batch.size(record) > 0 ? String(batch.size(record)) : '';
      out.text(line([makeVisible(batch.name(record)), size, status, ...digests], false));
    },
  };
}

function digestOf(table: ResultTable, row: number, name: AlgorithmName, isUpper: boolean): string {
  const digest = table.digest(row, name);
  return digest === null ? '' : shownDigest(digest, name, isUpper);
}

/** The digest as it is shown; only hexadecimal has two cases. */
export function shownDigest(digest: Uint8Array, name: AlgorithmName, isUpper: boolean): string {
  const { encoding } = algorithm(name);
  const text = digestText(digest, encoding);
  return isUpper && encoding === 'hex' ? text.toUpperCase() : text;
}

/** No control character is left in a name; what a spreadsheet would take for a formula gets an apostrophe. */
function tabField(text: string): string {
  return /^[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
}

function markdownField(text: string): string {
  return text.replace(/[\\|`*_[\]<>&]/g, '\\$&');
}
