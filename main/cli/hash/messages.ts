import type { BatchView } from '#shared/batch/reader.ts';
import { recordError } from '#shared/formats/record-text.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { shownName } from '../../base/raw-names.ts';

/** What standard error says of a record that has no digest; a whole line. */
export function failureLine(batch: BatchView, index: number): string {
  const status = batch.status(index);
  const error = recordError(batch, index) ?? { code: status.toUpperCase(), message: 'it was not hashed' };
  const kind = status === 'skipped' ? 'skipped: ' : '';
  return `hashlane: ${shownName(batch.nameBytes(index))}: ${kind}${makeVisible(error.message)} (${error.code})\n`;
}
