import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';

/** The batch with those of its records that nothing took the place of; the same one where that is all of them. */
export function withoutReplaced(batch: BatchView, replaced: ReadonlySet<number> | undefined): BatchView {
  if (replaced === undefined) return batch;
  const records: RecordInput[] = [];
  for (let index = 0; index < batch.count; index++) {
    if (!replaced.has(batch.entryId(index))) records.push(recordOf(batch, index));
  }
  const { jobId, sequence, algorithms } = batch;
  return openBatch(writeBatch({ jobId, sequence, algorithms, records }));
}

/** What the window shows of a record. */
function recordOf(batch: BatchView, index: number): RecordInput {
  const digests = batch.algorithms.map((name) => [name, batch.digest(index, name)] as const);
  const status = batch.status(index);
  return {
    entryId: batch.entryId(index),
    name: batch.nameBytes(index),
    size: batch.size(index),
    modifiedNs: batch.modifiedNs(index),
    status,
    flags: batch.flags(index),
    root: batch.root(index),
    hashTimeNs: batch.hashTimeNs(index),
    ...(status === 'ok' ? {} : { error: batch.errorCode(index), errorText: batch.errorText(index) }),
    digests: Object.fromEntries(digests.filter(([, digest]) => digest !== null)),
  };
}
