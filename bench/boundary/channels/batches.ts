/** Batches of a given length, and the same results as one would send them without batches. */
import { openBatch } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';

/** Of the batches that a slow receiver gets. */
export const slowBatchBytes = 256 << 10;

/** What a result is as an object of its own. */
export interface PlainResult {
  readonly name: string;
  readonly size: number;
  readonly status: string;
  readonly modifiedNs: number;
  readonly sha256: string | null;
}

const digest = Uint8Array.from({ length: 32 }, (_, at) => at * 7);

function batchOf(records: number, sequence: number): Uint8Array {
  const inputs = Array.from(
    { length: records },
    (_, entryId): RecordInput => ({
      entryId,
      name: `/home/ana/pictures/2026/november/holiday-${String(entryId).padStart(6, '0')}.jpeg`,
      size: 2000 + entryId,
      digests: { sha256: digest },
    }),
  );
  return writeBatch({ jobId: 1, sequence, algorithms: ['sha256'], records: inputs });
}

/** The longest batch of whole records within `bytes`; one record at least. */
export function batchWithin(bytes: number, sequence = 0): Uint8Array {
  const one = batchOf(1, 0).length;
  const each = batchOf(2, 0).length - one;
  return batchOf(1 + Math.max(0, Math.floor((bytes - one) / each)), sequence);
}

export function plainResults(batch: Uint8Array): PlainResult[] {
  const view = openBatch(batch);
  return Array.from({ length: view.count }, (_, at) => ({
    name: view.name(at),
    size: view.size(at),
    status: view.status(at),
    modifiedNs: Number(view.modifiedNs(at)),
    sha256: view.digestText(at, 'sha256'),
  }));
}
