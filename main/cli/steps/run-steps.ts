/** The steps of a task on an engine of the command's own: an interruption cancels them. */
import { newJobId } from '#shared/jobs/job-id.ts';
import type { EngineOptions } from '../../engine/engine.ts';
import { runSteps, type Steps } from '../../tasks/pipeline/stepped-task.ts';
import { InterruptedError } from '../errors.ts';
import type { World } from '../world.ts';
import { showProgress } from './steps-progress.ts';

/** Rejects with InterruptedError, and with what `work` rejects with. The engine is closed at the end. */
export async function runOnEngine<Result>(
  world: World,
  work: (steps: Steps) => Promise<Result>,
  options: EngineOptions = {},
): Promise<Result> {
  const engine = world.loadEngine(options);
  try {
    let result: { readonly value: Result } | undefined;
    const given = { algorithms: [], reach: { roots: [], followsLinks: false } };
    const task = runSteps({ engine, id: newJobId() }, given, async (steps) => {
      result = { value: await work(steps) };
      return null;
    });
    const cancel = (): void => task.cancel();
    if (world.interruption.aborted) cancel();
    else world.interruption.addEventListener('abort', cancel, { once: true });
    const stopProgress = showProgress(world, () => task.totals());
    try {
      const { state } = await task.done;
      if (state === 'cancelled' || result === undefined) throw new InterruptedError();
      return result.value;
    } catch (error) {
      throw world.interruption.aborted ? new InterruptedError() : error;
    } finally {
      stopProgress();
      world.interruption.removeEventListener('abort', cancel);
    }
  } finally {
    await engine.close();
  }
}
