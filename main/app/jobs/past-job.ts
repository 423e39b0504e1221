/** A job that nobody runs, as its journal tells it. */
import type { JobOutcome, JobSummary, JobTotals } from '#shared/contract/jobs.ts';
import type { Source } from '#shared/contract/sources.ts';
import { type AlgorithmName, findAlgorithm } from '#shared/tables/algorithms.ts';
import type { StoredJob } from '../../store/stored-job.ts';
import { pathsOf, type TaskInput } from '../../tasks/inputs.ts';
import { inputsOf } from '../../tasks/pipeline/noted-inputs.ts';
import { noTotals } from '../../tasks/pipeline/running-totals.ts';
import type { RunningTask } from '../../tasks/task.ts';

export interface PastJob {
  readonly sources: readonly Source[];
  readonly inputs: readonly TaskInput[];
  readonly algorithms: readonly AlgorithmName[];
  readonly followsLinks: boolean;
  readonly state: 'finished' | 'cancelled' | 'failed';
  readonly totals: JobTotals;
  readonly outcome: JobOutcome | null;
  readonly failure: JobSummary['failure'];
}

/** An interrupted job counts as cancelled, for nobody runs it: going on makes it a running one again. */
export function pastJobOf({ journal, roots, seal }: StoredJob): PastJob {
  const { id, spec } = journal.header;
  const inputs = inputsOf(roots, id);
  const named = seal?.algorithms ?? (spec !== undefined && 'algorithms' in spec ? spec.algorithms : []);
  return {
    sources: inputs.map((input) => input.source),
    inputs,
    algorithms: named.flatMap((name) => findAlgorithm(name)?.name ?? []),
    followsLinks: spec !== undefined && 'walk' in spec && spec.walk.followSymlinks,
    state: seal?.state ?? 'cancelled',
    totals: seal?.totals ?? noTotals,
    outcome: seal?.outcome ?? null,
    failure: seal?.failure ?? null,
  };
}

/** Stands where a running job has its task. */
export function pastTask({ algorithms, inputs, totals, followsLinks }: PastJob): RunningTask {
  const nothing = (): void => undefined;
  return {
    slot: null,
    algorithms,
    reach: { roots: pathsOf(inputs), followsLinks },
    uploads: null,
    done: new Promise(nothing),
    totals: () => totals,
    pause: nothing,
    resume: nothing,
    cancel: nothing,
  };
}
