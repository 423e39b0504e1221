/** A kind of task that is nowhere but here: what "How to add a task" in CONTRIBUTING.md promises, tried. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import { readRecords } from '#shared/records/block.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { FakeEngine } from '../../engine/testing/fake-engine.ts';
import { JournalFolder } from '../../store/journal-folder.ts';
import { pathsOf } from '../../tasks/inputs.ts';
import { BatchPump } from '../../tasks/pipeline/batch-pump.ts';
import { runSteps } from '../../tasks/pipeline/stepped-task.ts';
import { type TaskRegistry, taskKinds } from '../../tasks/registry.ts';
import type { TaskKind } from '../../tasks/task.ts';
import { SourceList } from '../sources/sources.ts';
import type { Job } from './job.ts';
import { JobService } from './job-service.ts';

interface TwiceSpec {
  readonly kind: 'twice';
  readonly sources: readonly string[];
}

/** Hashes everything two times, records each name and says ok when both times gave as much. */
const twice = {
  kind: 'twice',
  sources: (spec: TwiceSpec) => spec.sources,
  start(_spec: TwiceSpec, context: Parameters<TaskKind['start']>[1]) {
    const roots = pathsOf(context.inputs);
    return runSteps(context, { algorithms: ['md5'], reach: { roots, followsLinks: false } }, async (steps) => {
      const counts = [];
      for (const round of [1, 2]) {
        let rows: unknown[] = [];
        const pump = new BatchPump({
          order: 'walk',
          record: (batch, index) => rows.push({ round, path: batch.name(index) }),
          isFull: () => rows.length > 1000,
          async flush() {
            await context.results.appendRecords(rows);
            rows = [];
          },
          onFailure: () => undefined,
        });
        const spec = { roots, algorithms: ['md5'], order: 'walk', countAhead: false, feeds: 0 } as const;
        const { files } = await steps.hash(spec, pump);
        await pump.finish(files);
        counts.push(files);
      }
      return { verdict: counts[0] === counts[1] ? 'ok' : 'failed', counts: { files: counts[0]! } };
    });
  },
};

async function started() {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a');
  writeFileSync(file, 'a');
  const engine = new FakeEngine();
  const sources = new SourceList();
  const changed = vi.fn((job: Job) => job.status().state);
  const listener = { changed, batchWritten: () => undefined, forgotten: () => undefined };
  const registry = { ...taskKinds, twice } as unknown as TaskRegistry;
  const jobs = new JobService(engine, registry, sources, JournalFolder.open(path.join(folder, 'data')), listener);
  const [source] = await sources.grant([file]);
  const { id } = await jobs.start({ kind: 'twice', sources: [source!.id] } as unknown as JobSpec);
  await vi.waitUntil(() => engine.jobs.length === 1);
  return { engine, jobs, job: jobs.get(id), changed };
}

test('a new kind runs as a job: results of its own, a verdict, the id in engine and journal', async () => {
  const { engine, job } = await started();
  expect(job.status()).toMatchObject({ kind: 'twice', state: 'running', outcome: null, slot: 0 });
  expect(engine.jobs[0]!.id).toBe(job.id);
  engine.jobs[0]!.emit([{ name: 'one' }, { name: 'two' }]);
  engine.jobs[0]!.finish();
  await vi.waitUntil(() => engine.jobs.length === 2);
  expect(engine.jobs[1]!.id).not.toBe(job.id);
  engine.jobs[1]!.emit([{ name: 'one' }, { name: 'two' }]);
  engine.jobs[1]!.finish();
  await job.ended;
  expect(job.status()).toMatchObject({
    state: 'finished',
    outcome: { verdict: 'ok', counts: { files: 2 } },
    totals: { files: 4 },
    batches: 2,
  });
  const reader = job.journal.openReader();
  const { records } = readRecords(await reader.read(1));
  await reader.close();
  expect(records).toEqual([
    { round: 2, path: 'one' },
    { round: 2, path: 'two' },
  ]);
});

test('pause, resume and cancel reach whatever step is under way', async () => {
  const { engine, job } = await started();
  job.pause();
  job.resume();
  job.pause();
  engine.jobs[0]!.finish();
  job.resume();
  await vi.waitUntil(() => engine.jobs.length === 2);
  job.cancel();
  await job.ended;
  expect(job.status()).toMatchObject({ state: 'cancelled', outcome: null });
  expect(engine.jobs[0]!.calls).toEqual(['pause', 'resume', 'pause', 'resume']);
  expect(engine.jobs[1]!.calls).toEqual(['cancel']);
});

test('a step that fails ends the job as failed, with the code', async () => {
  const { engine, job } = await started();
  engine.jobs[0]!.fail(Object.assign(new Error('no room'), { code: 'OUT_OF_MEMORY' }));
  await job.ended;
  expect(job.status()).toMatchObject({ state: 'failed', failure: { message: 'The engine aborted the job: no room' } });
});
