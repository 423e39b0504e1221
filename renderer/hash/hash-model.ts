/** The results of hashing that are shown: one table for all the jobs, where the keyboard is in it, and what checking again found. */
import type { BatchView } from '#shared/batch/reader.ts';
import type { JobSummary, ResultReference } from '#shared/contract/models.ts';
import { createAgainStore } from '../again/again-store.ts';
import { createCheckStore, resetCheck } from '../card/check-store.ts';
import type { Block } from '../client/reception.ts';
import type { Cleared, JobModel } from '../kinds/kind.ts';
import { GridModel } from '../results/grid-model.ts';
import { ResultsModel } from '../results/results-model.ts';
import { folderOf } from './folder-of.ts';
import { withoutReplaced } from './without-replaced.ts';

export class HashModel implements JobModel {
  readonly results = new ResultsModel();
  readonly grid = new GridModel(this.results);
  readonly again = createAgainStore();
  /** What was pasted to be compared with the results. */
  readonly check = createCheckStore();
  readonly #replaced = new Map<number, { readonly count: number; readonly byBatch: Map<number, Set<number>> }>();

  begin(job: JobSummary): void {
    this.results.table.setFolders(job.id, job.sources.map(folderOf));
  }

  take(block: Block): void {
    if (block.kind === 'batch') this.results.append(this.#standing(block.batch));
  }

  /** Results of the job that are not shown; false when these were known. */
  setReplaced(jobId: number, replaced: readonly ResultReference[]): boolean {
    const known = this.#replaced.get(jobId);
    if (known !== undefined && known.count === replaced.length) return false;
    const byBatch = new Map<number, Set<number>>();
    for (const { batch, entry } of replaced) byBatch.set(batch, (byBatch.get(batch) ?? new Set()).add(entry));
    this.#replaced.set(jobId, { count: replaced.length, byBatch });
    return true;
  }

  #standing(batch: BatchView): BatchView {
    return withoutReplaced(batch, this.#replaced.get(batch.jobId)?.byBatch.get(batch.sequence));
  }

  clear(): Cleared {
    const cleared = this.results.clear();
    this.grid.reset();
    resetCheck(this.check);
    return {
      take: (block) => block.kind === 'batch' && cleared.append(this.#standing(block.batch)),
      restore: () => {
        cleared.restore();
        this.grid.reset();
      },
    };
  }
}
