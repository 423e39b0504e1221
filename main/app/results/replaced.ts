/** Results of a job that a later run of it has given anew. */

import { openBatch } from '#shared/batch/reader.ts';
import type { ResultReference } from '#shared/contract/results.ts';
import { Problem } from '../../base/problem.ts';
import { JournalError } from '../../store/journal.ts';
import type { Job } from '../jobs/job.ts';

/** Throws Problem UNREADABLE. */
export async function replacedResults({ journal }: Job): Promise<ResultReference[]> {
  const reader = journal.openReader();
  const byBlock = new Map<number, number[]>();
  for (const { block, index } of journal.replaced.places()) {
    const indices = byBlock.get(block);
    if (indices === undefined) byBlock.set(block, [index]);
    else indices.push(index);
  }
  const references: ResultReference[] = [];
  try {
    for (const [block, indices] of byBlock) {
      const batch = openBatch(await reader.read(block));
      for (const index of indices) references.push({ batch: block, entry: batch.entryId(index) });
    }
    return references;
  } catch (error) {
    if (error instanceof JournalError) throw new Problem('UNREADABLE', error.message, error.code);
    throw error;
  } finally {
    await reader.close();
  }
}
