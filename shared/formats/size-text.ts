import type { BatchView } from '../batch/reader.ts';
import type { ByteBuilder } from './byte-builder.ts';

/** The size of a record in decimal, exact also where a number of JavaScript is not: beyond 2^53. */
export function sizeText(batch: BatchView, index: number): string {
  const size = batch.size(index);
  return String(size <= Number.MAX_SAFE_INTEGER ? size : batch.exactSize(index));
}

export function appendSize(out: ByteBuilder, batch: BatchView, index: number): void {
  const size = batch.size(index);
  if (size <= Number.MAX_SAFE_INTEGER) out.decimal(size);
  else out.text(String(batch.exactSize(index)));
}
