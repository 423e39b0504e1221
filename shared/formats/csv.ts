/**
 * RFC 4180: a header, CR LF line ends, fields in quotes where they must be. The columns are always
 * the same for the same algorithms: path, size, status, one per algorithm, errorCode, errorMessage,
 * pathBase64 (only filled for names that are not UTF-8).
 */
import type { BatchView } from '../batch/reader.ts';
import { algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { digestText } from '../text/digest-text.ts';
import type { ByteBuilder } from './byte-builder.ts';
import type { Format } from './format.ts';
import { recordError, recordName } from './record-text.ts';

/** Spaces at the ends are kept by the RFC but trimmed by some readers, unless quoted. */
const needsQuotes = /[",\r\n]|^\s|\s$/;

function field(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv: Format = {
  name: 'csv',
  label: 'CSV',
  extension: '.csv',
  mediaType: 'text/csv',
  carriesFailures: true,
  create(names) {
    const columns = names.map((name) => ({ name, encoding: algorithm(name).encoding }));
    return {
      begin: (out: ByteBuilder) =>
        out.text(`${['path', 'size', 'status', ...names, 'errorCode', 'errorMessage', 'pathBase64'].join(',')}\r\n`),
      record(out: ByteBuilder, batch: BatchView, index: number): void {
        const name = recordName(batch, index);
        const error = recordError(batch, index);
        let line = `${field(name.text)},${batch.size(index)},${batch.status(index)}`;
        for (const column of columns) {
          const digest = batch.digest(index, column.name);
          line += digest === null ? ',' : `,${digestText(digest, column.encoding)}`;
        }
        line += error === null ? ',,' : `,${error.code},${field(error.message)}`;
        out.text(`${line},${name.exact ? '' : toBase64(batch.nameBytes(index))}\r\n`);
      },
      end() {},
    };
  },
};
