/** Lines after a template: for each file that was hashed one. */
import type { BatchView } from '../../batch/reader.ts';
import type { ByteBuilder } from '../../formats/byte-builder.ts';
import { appendDigest } from '../../formats/digest-bytes.ts';
import type { FormatWriter } from '../../formats/format.ts';
import { appendSize } from '../../formats/size-text.ts';
import { algorithm } from '../../tables/algorithms.ts';
import { toBase32 } from '../../text/base32.ts';
import { toBase64 } from '../../text/base64.ts';
import { toHex } from '../../text/hex.ts';
import type { FieldName, TemplatePart } from './parse.ts';

const lineFeed = 0x0a;
const dot = 0x2e;

/**
 * A writer of `parts`; lines end with a line feed, or with NUL where `zero` says so. A file without a digest that the
 * template names has no line. A name with a line feed is refused, for nobody could tell its two lines from two files.
 */
export function templateWriter(parts: readonly TemplatePart[], { zero = false } = {}): FormatWriter {
  const end = zero ? 0 : lineFeed;
  const needed = parts.flatMap((part) => (part.kind === 'digest' ? [part.algorithm] : []));
  const showsName = parts.some((part) => part.kind === 'field' && part.name !== 'size' && part.name !== 'modified');
  return {
    begin() {},
    refusal(batch, index) {
      if (zero || !showsName || !batch.nameBytes(index).includes(lineFeed)) return undefined;
      return 'its name has a line end, which a template cannot carry; lines that end with NUL can (--zero)';
    },
    record(out, batch, index) {
      if (batch.status(index) !== 'ok' || needed.some((name) => batch.digestStart(index, name) < 0)) return;
      for (const part of parts) appendPart(out, part, batch, index);
      out.byte(end);
    },
    end() {},
  };
}

function appendPart(out: ByteBuilder, part: TemplatePart, batch: BatchView, index: number): void {
  if (part.kind === 'text') out.bytes(part.bytes);
  else if (part.kind === 'field') appendField(out, part.name, batch, index);
  else if (part.form === undefined) {
    appendDigest(out, batch.bytes, batch.digestStart(index, part.algorithm), algorithm(part.algorithm));
  } else {
    const digest = batch.digest(index, part.algorithm)!;
    if (part.form === 'base64') out.text(toBase64(digest));
    else if (part.form === 'base32') out.text(toBase32(digest));
    else out.text(part.form === 'upper' ? toHex(digest).toUpperCase() : toHex(digest));
  }
}

function appendField(out: ByteBuilder, field: FieldName, batch: BatchView, index: number): void {
  const start = batch.nameStart(index);
  const end = start + batch.nameLength(index);
  const leaf = start + batch.leafOffset(index);
  if (field === 'path') out.bytes(batch.bytes, start, end);
  else if (field === 'name') out.bytes(batch.bytes, leaf, end);
  else if (field === 'size') appendSize(out, batch, index);
  else if (field === 'modified') out.text(new Date(batch.modifiedMs(index)).toISOString());
  else if (leaf === start) out.byte(dot);
  // Without the slash, but for that of the root.
  else out.bytes(batch.bytes, start, Math.max(start + 1, leaf - 1));
}
