/**
 * One JSON object per record: `jsonl` puts each on a line of its own, `json` makes one array of
 * them. A name that is not UTF-8 is given twice: readable in `path`, exact in `pathBase64`. `openForWriting` stands with
 * files that another program had open for writing all the while: what it wrote through a mapping need not show.
 */
import { recordFlags } from '../batch/layout.ts';
import type { BatchView } from '../batch/reader.ts';
import { type Algorithm, type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { escapeControlsInJson } from '../text/visible.ts';
import type { ByteBuilder } from './byte-builder.ts';
import { appendDigest } from './digest-bytes.ts';
import type { Format } from './format.ts';
import { isPlainText, printableBut } from './plain-bytes.ts';
import { recordError, recordName } from './record-text.ts';
import { appendSize } from './size-text.ts';

const encoder = new TextEncoder();
const lineFeed = 0x0a;
const comma = 0x2c;
const quoteMark = 0x22;

const parts = {
  path: encoder.encode('{"path":'),
  size: encoder.encode(',"size":'),
  digests: encoder.encode(',"status":"ok","digests":{'),
  end: encoder.encode('}}'),
};

const plain = printableBut('"\\');

const quote = (text: string): string => escapeControlsInJson(JSON.stringify(text));

interface Column {
  readonly algorithm: Algorithm & { name: AlgorithmName };
  /** `"md5":"` */
  readonly key: Uint8Array;
}

const columnsOf = (names: readonly AlgorithmName[]): readonly Column[] =>
  names.map((name) => ({ algorithm: algorithm(name), key: encoder.encode(`"${name}":"`) }));

/** Appends the value of `path` and, where that is not exact, `pathBase64`. */
function appendPath(out: ByteBuilder, batch: BatchView, index: number): void {
  const start = batch.nameStart(index);
  const end = start + batch.nameLength(index);
  if (isPlainText(plain, batch.bytes, start, end)) {
    out.byte(quoteMark);
    out.bytes(batch.bytes, start, end);
    out.byte(quoteMark);
    return;
  }
  const name = recordName(batch, index);
  out.text(quote(name.text));
  if (!name.exact) out.text(`,"pathBase64":"${toBase64(batch.nameBytes(index))}"`);
}

function appendDigests(out: ByteBuilder, batch: BatchView, index: number, columns: readonly Column[]): void {
  out.bytes(parts.digests);
  let first = true;
  for (const { algorithm: chosen, key } of columns) {
    const start = batch.digestStart(index, chosen.name);
    if (start < 0) continue;
    if (!first) out.byte(comma);
    first = false;
    out.bytes(key);
    appendDigest(out, batch.bytes, start, chosen);
    out.byte(quoteMark);
  }
  out.bytes(parts.end);
}

/** Appends the record as a JSON object without line end. */
function appendObject(out: ByteBuilder, batch: BatchView, index: number, columns: readonly Column[]): void {
  out.bytes(parts.path);
  appendPath(out, batch, index);
  out.bytes(parts.size);
  appendSize(out, batch, index);
  const status = batch.status(index);
  if (status === 'ok') {
    if (batch.flags(index) & recordFlags.openForWriting) out.text(',"openForWriting":true');
    appendDigests(out, batch, index, columns);
    return;
  }
  const error = recordError(batch, index);
  const reason = error && `,"error":{"code":"${error.code}","message":${quote(error.message)}}`;
  out.text(`,"status":"${status}"${reason ?? ''}}`);
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
      record(out: ByteBuilder, batch: BatchView, index: number): void {
        appendObject(out, batch, index, columns);
        out.byte(lineFeed);
      },
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
        out.text(separator);
        appendObject(out, batch, index, columns);
        separator = ',\n';
      },
      end: (out: ByteBuilder) => out.text('\n]\n'),
    };
  },
};
