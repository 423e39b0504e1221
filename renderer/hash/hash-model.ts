/** The results of hashing that are shown: one table for all the jobs, where the keyboard is in it, and what checking again found. */
import type { JobSummary } from '#shared/contract/models.ts';
import { createAgainStore } from '../again/again-store.ts';
import { createCheckStore, resetCheck } from '../card/check-store.ts';
import type { Block } from '../client/reception.ts';
import type { Cleared, JobModel } from '../kinds/kind.ts';
import { GridModel } from '../results/grid-model.ts';
import { ResultsModel } from '../results/results-model.ts';
import { folderOf } from './folder-of.ts';

export class HashModel implements JobModel {
  readonly results = new ResultsModel();
  readonly grid = new GridModel(this.results);
  readonly again = createAgainStore();
  /** What was pasted to be compared with the results. */
  readonly check = createCheckStore();

  begin(job: JobSummary): void {
    this.results.table.setFolders(job.id, job.sources.map(folderOf));
  }

  take(block: Block): void {
    if (block.kind === 'batch') this.results.append(block.batch);
  }

  clear(): Cleared {
    const cleared = this.results.clear();
    this.grid.reset();
    resetCheck(this.check);
    return {
      take: (block) => block.kind === 'batch' && cleared.append(block.batch),
      restore: () => {
        cleared.restore();
        this.grid.reset();
      },
    };
  }
}
