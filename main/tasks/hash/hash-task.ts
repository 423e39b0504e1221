/** Hash: what are the digests of these files? One job of the engine, whose batches are the results. */
import type { HashSpec } from '#shared/contract/kinds/hash.ts';
import { type GrantedUpload, pathsOf } from '../inputs.ts';
import { EngineRun } from '../pipeline/engine-run.ts';
import type { RunningTask, TaskContext, TaskEnd, TaskKind } from '../task.ts';
import { priorityOf } from './priority.ts';
import { UploadIntake } from './upload-intake.ts';

export const hashTask: TaskKind<HashSpec> = {
  kind: 'hash',
  sources: (spec) => spec.sources,
  start: startHash,
};

function startHash(spec: HashSpec, { id, engine, inputs, results }: TaskContext): RunningTask {
  const roots = pathsOf(inputs);
  const uploads = inputs.filter((input): input is GrantedUpload => input.kind === 'upload');
  const run = new EngineRun(
    engine,
    {
      ...spec.walk,
      id,
      roots,
      algorithms: spec.algorithms,
      order: 'completion',
      countAhead: true,
      feeds: uploads.reduce((sum, upload) => sum + upload.entries.length, 0),
      feedBytes: uploads.reduce((sum, upload) => sum + (upload.source.size ?? 0), 0),
      priority: priorityOf(inputs),
    },
    { accept: (batch, release) => results.append(batch, release) },
  );
  const intake = new UploadIntake(run, inputs);
  return {
    slot: run.slot,
    algorithms: spec.algorithms,
    reach: { roots, followsLinks: spec.walk.followSymlinks },
    uploads: intake,
    done: run.done
      .then((end): TaskEnd => ({ state: end.state, totals: run.totals(), outcome: null }))
      .finally(() => intake.close()),
    totals: () => run.totals(),
    pause: () => run.pause(),
    resume: () => run.resume(),
    cancel: () => void intake.cancel(),
  };
}
