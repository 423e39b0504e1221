/** A finished job as a side: the files that it met, and what it computed of them. */
import type { Comparison } from '#shared/compare/comparison.ts';
import type { Side } from '#shared/compare/side.ts';
import { failedStatuses } from '#shared/tables/statuses.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { FinishedJob } from '../stored/finished-job.ts';

/** What could not be read: what lies below is unknown. */
export interface UnreadablePlace {
  readonly path: Uint8Array;
  readonly code: string;
}

/** Rejects with FailedAttempt. Gives what the job could not read. */
export async function readJobSide(
  journal: string,
  comparison: Comparison,
  side: Side,
  steps: Steps,
): Promise<UnreadablePlace[]> {
  const job = await FinishedJob.open(journal);
  const unreadable: UnreadablePlace[] = [];
  for await (const batch of job.results()) {
    await steps.checkpoint();
    const names = batch.algorithms;
    for (let index = 0; index < batch.count; index++) {
      const status = batch.status(index);
      if (failedStatuses.has(status)) {
        unreadable.push({ path: job.key(batch, index).slice(), code: batch.errorCode(index) });
      }
      if (status !== 'ok') continue;
      const path = comparison.paths.add(job.key(batch, index));
      side.addDigests(path, names, Buffer.concat(names.map((name) => batch.digest(index, name)!)));
      side.setSize(path, batch.size(index));
    }
  }
  return unreadable;
}
