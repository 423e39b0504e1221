/**
 * RFC 4180: a header, CR LF line ends, fields in quotes where they must be. The columns are always
 * the same for the same algorithms: path, size, status, one per algorithm, errorCode, errorMessage,
 * pathBase64 (only filled for names that are not UTF-8). A path that a spreadsheet would take for a formula begins with `./`.
 */
import type { BatchView } from '../batch/reader.ts';
import { algorithm } from '../tables/algorithms.ts';
import { statuses } from '../tables/statuses.ts';
import { toBase64 } from '../text/base64.ts';
import type { ByteBuilder } from './byte-builder.ts';
import { appendDigest } from './digest-bytes.ts';
import type { Format } from './format.ts';
import { isPlainText, printableBut } from './plain-bytes.ts';
import { recordError, recordName } from './record-text.ts';
import { appendSize } from './size-text.ts';

const encoder = new TextEncoder();
const comma = 0x2c;
const space = 0x20;
const statusFields = statuses.map((status) => encoder.encode(`,${status}`));
/** The end of the line of a record without error whose name is text. */
const plainEnd = encoder.encode(',,,\r\n');

/** Spaces at the ends are kept by the RFC but trimmed by some readers, unless quoted. */
const needsQuotes = /[",\r\n]|^\s|\s$/;

const plain = printableBut('",');

function field(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Beyond ASCII there are further spaces. */
const isBareEnd = (byte: number): boolean => byte !== space && byte < 0x80;

/** What spreadsheets may take for the beginning of a formula. In ASCII; full-width forms are found in text. */
const formulaBytes = new Set(new TextEncoder().encode('=+-@\t\r'));
const formulaText = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/** The same file by a name that no spreadsheet executes. */
const safePath = (text: string): string => (formulaText.test(text) ? `./${text}` : text);

/** Appends the field `path`; returns what shall stand in `pathBase64`. */
function appendPath(out: ByteBuilder, batch: BatchView, index: number): string {
  const start = batch.nameStart(index);
  const end = start + batch.nameLength(index);
  if (
    isBareEnd(batch.bytes[start]!) &&
    !formulaBytes.has(batch.bytes[start]!) &&
    isBareEnd(batch.bytes[end - 1]!) &&
    isPlainText(plain, batch.bytes, start, end)
  ) {
    out.bytes(batch.bytes, start, end);
    return '';
  }
  const name = recordName(batch, index);
  out.text(field(safePath(name.text)));
  return name.exact ? '' : toBase64(batch.nameBytes(index));
}

export const csv: Format = {
  name: 'csv',
  label: 'CSV',
  extension: '.csv',
  mediaType: 'text/csv',
  carriesFailures: true,
  create(names) {
    const columns = names.map(algorithm);
    return {
      begin: (out: ByteBuilder) =>
        out.text(`${['path', 'size', 'status', ...names, 'errorCode', 'errorMessage', 'pathBase64'].join(',')}\r\n`),
      record(out: ByteBuilder, batch: BatchView, index: number): void {
        const pathBase64 = appendPath(out, batch, index);
        out.byte(comma);
        appendSize(out, batch, index);
        out.bytes(statusFields[batch.statusNumber(index)]!);
        for (const column of columns) {
          out.byte(comma);
          const start = batch.digestStart(index, column.name);
          if (start >= 0) appendDigest(out, batch.bytes, start, column);
        }
        const error = recordError(batch, index);
        if (error === null && pathBase64 === '') out.bytes(plainEnd);
        else out.text(`,${error === null ? ',' : `${error.code},${field(error.message)}`},${pathBase64}\r\n`);
      },
      end() {},
    };
  },
};
