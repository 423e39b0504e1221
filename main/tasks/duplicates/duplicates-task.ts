/** Duplicates as a job: records of groups; it judges nothing, and counts what it found. */
import type { DuplicatesRecord, DuplicatesSpec } from '#shared/contract/kinds/duplicates.ts';
import { duplicatesRows, summaryOf } from '#shared/duplicates/groups.ts';
import { Problem } from '../../base/problem.ts';
import { nameBytes } from '../../base/raw-names.ts';
import { asProblem, pathOf } from '../path-input.ts';
import { runSteps } from '../pipeline/stepped-task.ts';
import type { TaskKind } from '../task.ts';
import { findDuplicates } from './duplicates.ts';
import { findDuplicatesInJob } from './duplicates-in-job.ts';

export const duplicatesTask: TaskKind<DuplicatesSpec> = {
  kind: 'duplicates',
  sources: ({ sources }) => sources,
  start(spec, context) {
    const { job, minSize } = spec;
    if ((job === undefined) === (spec.sources.length === 0)) {
      throw new Problem('CONFLICT', 'Duplicates are searched in files and folders, or in one job.');
    }
    const roots = spec.sources.map((id) => nameBytes(pathOf(context.inputs, id)));
    const reach = { roots, followsLinks: false };
    return runSteps(context, { algorithms: [], reach }, async (steps) => {
      const found = await asProblem(
        job === undefined
          ? findDuplicates({ roots, minSize }, steps)
          : findDuplicatesInJob(context.profile.journalOf(job), { minSize }, steps),
      );
      await context.results.appendRecords(duplicatesRows(found) satisfies Iterable<DuplicatesRecord>);
      const { unreadable, ...counts } = summaryOf(found);
      return {
        verdict: unreadable.length === 0 ? 'ok' : 'failed',
        counts: { ...counts, unreadable: unreadable.length },
      };
    });
  },
};
