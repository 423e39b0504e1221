import { recordFlags } from '../batch/layout.ts';
import type { BatchView } from '../batch/reader.ts';
import { errorCodes } from '../tables/error-codes.ts';
import { type DecodedName, decodeName } from '../text/utf8.ts';

const messages: ReadonlyMap<string, string> = new Map(errorCodes.map(({ code, message }) => [code, message]));

/** The name of a record as text; names flagged ASCII need no check. */
export function recordName(batch: BatchView, index: number): DecodedName {
  if (batch.flags(index) & recordFlags.asciiName) return { text: batch.name(index), exact: true };
  return decodeName(batch.nameBytes(index));
}

export interface RecordError {
  readonly code: string;
  readonly message: string;
}

/** Why the record has no digest, or null when it is well. The system's own words come first where it had some. */
export function recordError(batch: BatchView, index: number): RecordError | null {
  const code = batch.errorCode(index);
  if (code === 'NONE') return null;
  return { code, message: batch.errorText(index) || messages.get(code)! };
}
