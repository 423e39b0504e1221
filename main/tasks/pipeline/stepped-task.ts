/**
 * A task of several steps, such as reading a manifest and then hashing what it names: the steps are one async
 * function, and pause, resume and cancel reach whatever is under way, engine jobs above all.
 */
import type { JobOutcome, JobTotals } from '#shared/contract/jobs.ts';
import type { EngineJobSpec } from '../../engine/engine.ts';
import type { RunningTask, TaskContext, TaskEnd } from '../task.ts';
import { type BatchSink, EngineRun, sumTotals } from './engine-run.ts';

/** Ends the steps; the task ends as cancelled. */
class TaskCancelled extends Error {
  constructor() {
    super('The task was cancelled.');
    this.name = 'TaskCancelled';
  }
}

export interface Steps {
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal;
  /**
   * Hashes, and leads the batches to `sink`. Resolves once the engine has ended; several may run at once. The
   * first one has the job's id, the others get ids of their own. Rejects with TaskCancelled or EngineError.
   */
  hash(spec: Omit<EngineJobSpec, 'onBatch' | 'id'>, sink: BatchSink): Promise<JobTotals>;
  /** Waits while the task is paused. Rejects with TaskCancelled once it is cancelled. */
  checkpoint(): Promise<void>;
  /** Counts work that no engine job did, such as entries that needed no reading. */
  count(totals: Partial<JobTotals>): void;
}

/** `work` resolves to what it judges, and may reject: the task fails then. */
export function runSteps(
  context: Pick<TaskContext, 'engine' | 'id'>,
  given: Pick<RunningTask, 'algorithms' | 'reach'>,
  work: (steps: Steps) => Promise<JobOutcome | null>,
): RunningTask {
  const runs = new Set<EngineRun>();
  const ended: JobTotals[] = [];
  const cancelled = new AbortController();
  const { signal } = cancelled;
  let first = true;
  let paused = false;
  let wake: () => void = () => undefined;
  let unpaused: Promise<void> = Promise.resolve();
  const totals = (): JobTotals => sumTotals([...ended, ...Array.from(runs, (run) => run.totals())]);
  const throwIfCancelled = (): void => {
    if (signal.aborted) throw new TaskCancelled();
  };
  const resume = (): void => {
    if (!paused) return;
    paused = false;
    wake();
    for (const run of runs) run.resume();
  };
  const steps: Steps = {
    signal,
    async checkpoint() {
      await unpaused;
      throwIfCancelled();
    },
    count: (more) =>
      ended.push(sumTotals([{ files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0, ...more }])),
    async hash(spec, sink) {
      await steps.checkpoint();
      const run = new EngineRun(context.engine, first ? { ...spec, id: context.id } : spec, sink);
      first = false;
      runs.add(run);
      try {
        const end = await run.done;
        if (end.state === 'cancelled') throw new TaskCancelled();
        return run.totals();
      } finally {
        runs.delete(run);
        ended.push(run.totals());
      }
    },
  };
  // In a later turn, so that whoever starts the task has it in hand before it reports anything.
  const done = Promise.resolve()
    .then(() => work(steps))
    .then(
      (outcome): TaskEnd => ({ state: signal.aborted ? 'cancelled' : 'finished', totals: totals(), outcome }),
      (error: unknown): TaskEnd => {
        if (!(error instanceof TaskCancelled)) throw error;
        return { state: 'cancelled', totals: totals(), outcome: null };
      },
    );
  return {
    ...given,
    get slot() {
      const [run] = runs;
      return run?.slot ?? null;
    },
    uploads: null,
    done,
    totals,
    pause() {
      if (paused || signal.aborted) return;
      paused = true;
      unpaused = new Promise((resolve) => {
        wake = resolve;
      });
      for (const run of runs) run.pause();
    },
    resume,
    cancel() {
      cancelled.abort();
      for (const run of runs) run.cancel();
      paused = false;
      wake();
    },
  };
}
