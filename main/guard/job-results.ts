/** Results of jobs of the history, for repair hints and for records that need no second reading. */
import type { BatchView } from '#shared/batch/reader.ts';
import { openBatch } from '#shared/batch/reader.ts';
import { holdsRecords } from '#shared/records/block.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { readStored } from '../store/stored-job.ts';
import { inFolder } from '../tasks/folder/folder-names.ts';

export interface JobFacts {
  readonly algorithms: readonly AlgorithmName[];
  /** Milliseconds since 1970: no result is older than this. */
  readonly startedAt: number;
}

/** `path`: absolute. The batch is another's once this returns. */
export type TakeResult = (path: Uint8Array, batch: BatchView, index: number, job: JobFacts) => void;

const slash = 0x2f;

/**
 * Each file that the job has digests of and that is a file of this computer, as its last run found it. Throws
 * JournalError for what is no whole journal.
 */
export async function eachResult(file: string, take: TakeResult): Promise<void> {
  const { journal, roots, seal } = await readStored(file);
  const { folder, startedAt } = journal.header;
  const base = folder === undefined ? undefined : Buffer.from(folder, 'base64');
  const reader = journal.openReader();
  try {
    for (let block = 0; block < journal.batches; block++) {
      const bytes = await reader.read(block);
      if (holdsRecords(bytes)) continue;
      const batch = openBatch(bytes, { checksum: false });
      const job = { algorithms: (seal?.algorithms ?? batch.algorithms) as readonly AlgorithmName[], startedAt };
      for (let index = 0; index < batch.count; index++) {
        if (batch.status(index) !== 'ok' || journal.replaced.has(block, index)) continue;
        if (roots[batch.root(index)]?.kind === 'upload') continue;
        const name = batch.nameBytes(index);
        if (name[0] !== slash && base === undefined) continue;
        take(name[0] === slash ? name : inFolder(base!, name), batch, index, job);
      }
    }
  } finally {
    await reader.close();
  }
}
