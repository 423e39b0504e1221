/** What the journal itself depends on of the blocks that it takes in: their lengths and their order. */
import { batchHeader, batchHeaderBytes, batchMagic, maxBatchBytes } from '#shared/batch/layout.ts';
import { maxRecordsBytes, recordsHeaderBytes, recordsMagic } from '#shared/records/block.ts';

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** The length that a batch or a block of records claims by its first bytes; 0 for anything else. */
export function claimedLength(head: DataView): number {
  if (head.byteLength < recordsHeaderBytes) return 0;
  const magic = head.getUint32(0, true);
  if (magic === recordsMagic) {
    const length = head.getUint32(4, true);
    return length >= recordsHeaderBytes && length <= maxRecordsBytes ? length : 0;
  }
  if (magic !== batchMagic || head.byteLength < batchHeaderBytes) return 0;
  const length = head.getUint32(batchHeader.coldOffset[0], true) + head.getUint32(batchHeader.coldLength[0], true);
  return length >= batchHeaderBytes && length <= maxBatchBytes ? length : 0;
}

/** Follows the numbers that blocks have: records by their place in the journal, batches by their engine job. */
export class BlockOrder {
  /** The number that each engine job's next batch must have: a task may run several. */
  readonly #expected = new Map<bigint, number>();

  /** A run begins: its engine jobs count from 0 again. */
  beginRun(): void {
    this.#expected.clear();
  }

  /** Whether the block has sound lengths and is the one that comes next; `sequence` is its number in the journal. */
  accepts(block: Uint8Array, sequence: number): boolean {
    const view = viewOf(block);
    if (claimedLength(view) !== block.length) return false;
    if (view.getUint32(0, true) === recordsMagic) return view.getUint32(16, true) === sequence;
    const job = view.getBigUint64(batchHeader.jobId[0], true);
    const expected = this.#expected.get(job) ?? 0;
    if (view.getUint32(batchHeader.sequence[0], true) !== expected) return false;
    this.#expected.set(job, expected + 1);
    return true;
  }
}
