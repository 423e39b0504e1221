/** Hash: what are the digests of these files? One job of the engine, whose batches are the results. */
import { openBatch } from '#shared/batch/reader.ts';
import type { JobTotals } from '#shared/contract/jobs.ts';
import type { HashSpec } from '#shared/contract/kinds/hash.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import { type GrantedUpload, pathsOf } from '../inputs.ts';
import { EngineRun, sumTotals } from '../pipeline/engine-run.ts';
import type { RunningTask, TaskContext, TaskEnd, TaskKind } from '../task.ts';
import { priorityOf } from './priority.ts';
import { UploadIntake } from './upload-intake.ts';

export const hashTask: TaskKind<HashSpec> = {
  kind: 'hash',
  sources: (spec) => spec.sources,
  // The bytes of an upload are a page's, which may be gone.
  resumable: (inputs) => inputs.every((input) => input.kind === 'path'),
  start: startHash,
};

function startHash(spec: HashSpec, { id, engine, inputs, results, earlier }: TaskContext): RunningTask {
  const roots = pathsOf(inputs);
  const uploads = inputs.filter((input): input is GrantedUpload => input.kind === 'upload');
  const run = new EngineRun(
    engine,
    {
      ...spec.walk,
      exclude: [...spec.walk.exclude, leftoverPattern],
      id,
      roots,
      algorithms: spec.algorithms,
      order: 'completion',
      countAhead: true,
      feeds: uploads.reduce((sum, upload) => sum + upload.entries.length, 0),
      feedBytes: uploads.reduce((sum, upload) => sum + (upload.source.size ?? 0), 0),
      priority: priorityOf(inputs),
      identities: true,
      ...(earlier && { known: earlier.known() }),
    },
    {
      accept(batch, release) {
        earlier?.take(openBatch(batch, { checksum: false }));
        results.append(batch, release);
      },
    },
  );
  const totals = (): JobTotals => (earlier === undefined ? run.totals() : sumTotals([earlier.totals(), run.totals()]));
  const intake = new UploadIntake(run, inputs);
  return {
    slot: run.slot,
    algorithms: spec.algorithms,
    reach: { roots, followsLinks: spec.walk.followSymlinks },
    uploads: intake,
    done: run.done
      .then((end): TaskEnd => ({ state: end.state, totals: totals(), outcome: null }))
      .finally(() => intake.close()),
    totals,
    pause: () => run.pause(),
    resume: () => run.resume(),
    cancel: () => void intake.cancel(),
  };
}
