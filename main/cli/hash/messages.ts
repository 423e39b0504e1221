import type { BatchView } from '#shared/batch/reader.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { decodeName } from '#shared/text/utf8.ts';
import { makeVisible } from '#shared/text/visible.ts';

/** A name for people: what is not UTF-8 becomes U+FFFD, what is a control character becomes visible. */
export function shown(name: Uint8Array): string {
  return makeVisible(decodeName(name).text);
}

/** What standard error says of a record that has no digest; a whole line. */
export function failureLine(batch: BatchView, index: number): string {
  const status = batch.status(index);
  const error = recordError(batch, index) ?? { code: status.toUpperCase(), message: 'it was not hashed' };
  const kind = status === 'skipped' ? 'skipped: ' : '';
  return `hashlane: ${shown(batch.nameBytes(index))}: ${kind}${makeVisible(error.message)} (${error.code})\n`;
}
