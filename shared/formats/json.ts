/**
 * One JSON object per record: `jsonl` puts each on a line of its own, `json` makes one array of
 * them. A name that is not UTF-8 is given twice: readable in `path`, exact in `pathBase64`.
 */
import type { BatchView } from '../batch/reader.ts';
import { type Algorithm, type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { digestText } from '../text/digest-text.ts';
import { escapeControlsInJson } from '../text/visible.ts';
import type { ByteBuilder } from './byte-builder.ts';
import type { Format } from './format.ts';
import { recordError, recordName } from './record-text.ts';

const quote = (text: string): string => escapeControlsInJson(JSON.stringify(text));

interface Column {
  readonly name: AlgorithmName;
  readonly encoding: Algorithm['encoding'];
}

const columnsOf = (names: readonly AlgorithmName[]): readonly Column[] => names.map(algorithm);

function digestsText(batch: BatchView, index: number, columns: readonly Column[]): string {
  let text = '';
  for (const { name, encoding } of columns) {
    const digest = batch.digest(index, name);
    if (digest !== null) text += `${text === '' ? '' : ','}"${name}":"${digestText(digest, encoding)}"`;
  }
  return `,"digests":{${text}}`;
}

/** The record as a JSON object without line end. */
function objectText(batch: BatchView, index: number, columns: readonly Column[]): string {
  const name = recordName(batch, index);
  const exactName = name.exact ? '' : `,"pathBase64":"${toBase64(batch.nameBytes(index))}"`;
  const status = batch.status(index);
  const error = recordError(batch, index);
  const outcome =
    status === 'ok'
      ? digestsText(batch, index, columns)
      : error && `,"error":{"code":"${error.code}","message":${quote(error.message)}}`;
  return `{"path":${quote(name.text)}${exactName},"size":${batch.size(index)},"status":"${status}"${outcome ?? ''}}`;
}

export const jsonLines: Format = {
  name: 'jsonl',
  label: 'JSON Lines',
  extension: '.jsonl',
  mediaType: 'application/jsonl',
  carriesFailures: true,
  create(names) {
    const columns = columnsOf(names);
    return {
      begin() {},
      record: (out: ByteBuilder, batch: BatchView, index: number) => out.text(`${objectText(batch, index, columns)}\n`),
      end() {},
    };
  },
};

export const json: Format = {
  name: 'json',
  label: 'JSON',
  extension: '.json',
  mediaType: 'application/json',
  carriesFailures: true,
  create(names) {
    const columns = columnsOf(names);
    let separator = '\n';
    return {
      begin: (out: ByteBuilder) => out.text('['),
      record(out: ByteBuilder, batch: BatchView, index: number): void {
        out.text(separator + objectText(batch, index, columns));
        separator = ',\n';
      },
      end: (out: ByteBuilder) => out.text('\n]\n'),
    };
  },
};
