/**
 * What every engine keeps, the real one and the one that tests stand in for it: without this the stand-in would be
 * held to nothing, and with it most of the tests of the core.
 */
import { expect, test, vi } from 'vitest';
import { openBatch } from '#shared/batch/reader.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { jobRegionSlots, jobSlots, jobsAt } from '#shared/stats/layout.ts';
import type { Engine, EngineJob, EngineJobSpec } from '../engine.ts';
import { bytes, spec } from './world.ts';

export interface EngineSubject {
  readonly engine: Engine;
  /** Paths of two files. */
  readonly roots: readonly string[];
  /** What the real engine does by itself: gives the records of the job's roots and ends it. */
  work(job: EngineJob): void;
  close(): Promise<void>;
}

export function testEnginePromises(create: () => Promise<EngineSubject>): void {
  const withEngine = (body: (subject: EngineSubject) => Promise<void>) => async () => {
    const subject = await create();
    try {
      await body(subject);
    } finally {
      await subject.close();
    }
  };

  /** Starts a job and notes what happens to it. */
  function observe({ engine, roots }: EngineSubject, changes: Partial<EngineJobSpec> = {}) {
    const events: string[] = [];
    const batches: { jobId: number; sequence: number; count: number }[] = [];
    const job = engine.start(
      spec(roots, {
        onBatch(batch, release) {
          const { jobId, sequence, count } = openBatch(batch);
          batches.push({ jobId, sequence, count });
          events.push('batch');
          release();
          release();
        },
        ...changes,
      }),
    );
    void job.done.then(
      () => events.push('done'),
      () => events.push('failed'),
    );
    return { job, events, batches };
  }

  test(
    'batches carry the id that the job was given, in sequence, and the end comes after the last',
    withEngine(async (subject) => {
      const id = newJobId();
      const { job, events, batches } = observe(subject, { id });
      expect(job.id).toBe(id);
      subject.work(job);
      const end = await job.done;
      expect(end).toMatchObject({ state: 'finished', files: 2, ok: 2, failed: 0 });
      expect(batches.map((batch) => batch.jobId)).toEqual(batches.map(() => id));
      expect(batches.map((batch) => batch.sequence)).toEqual(batches.map((_, index) => index));
      expect(batches.reduce((sum, batch) => sum + batch.count, 0)).toBe(2);
      await vi.waitUntil(() => events.includes('done'));
      expect(events.at(-1)).toBe('done');
    }),
  );

  test(
    'a job without an id gets one of its own, and its region of the stats has it',
    withEngine(async (subject) => {
      const [first, second] = [observe(subject), observe(subject)];
      expect(second.job.id).toBeGreaterThan(first.job.id);
      for (const { job } of [first, second]) {
        const { buffer, byteOffset } = subject.engine.stats;
        const slot = jobsAt + job.slot * jobRegionSlots + jobSlots.jobId;
        expect(Number(new DataView(buffer, byteOffset).getBigUint64(slot * 8, true))).toBe(job.id);
        subject.work(job);
        await job.done;
      }
    }),
  );

  test(
    'two running jobs cannot have one id',
    withEngine(async (subject) => {
      const id = newJobId();
      const { job } = observe(subject, { id, feeds: 1 });
      expect(() => observe(subject, { id })).toThrow(expect.objectContaining({ code: 'DUPLICATE_JOB' }));
      job.cancel();
      await job.done;
    }),
  );

  test(
    'nothing is started of what makes no sense',
    withEngine(async (subject) => {
      const code = (expected: string) => expect.objectContaining({ code: expected });
      expect(() => observe(subject, { algorithms: [] })).toThrow(code('NO_ALGORITHM'));
      expect(() => observe(subject, { roots: [bytes('')] })).toThrow(code('EMPTY_PATH'));
      expect(() => observe(subject, { exclude: [''] })).toThrow(code('EMPTY_PATTERN'));
      expect(() => observe(subject, { id: 0.5 })).toThrow(code('BAD_JOB_ID'));
    }),
  );

  test(
    'a feed ends once, and the job when all feeds have',
    withEngine(async (subject) => {
      const { job, events } = observe(subject, { roots: [], feeds: 2 });
      const [first, second] = [job.openFeed(bytes('first'), 0), job.openFeed(bytes('second'), 0)];
      await first.write(bytes('abc'));
      await first.end();
      await expect(first.end()).rejects.toMatchObject({ code: 'FEED_CLOSED' });
      expect(events).not.toContain('done');
      await second.abort('UPLOAD_ABORTED');
      await second.abort('UPLOAD_ABORTED');
      expect((await job.done).state).toBe('finished');
      expect(() => job.openFeed(bytes('late'), 0)).toThrow(expect.objectContaining({ code: 'FEED_REFUSED' }));
    }),
  );

  test(
    'a cancel ends the open feeds and the job, and does nothing the second time',
    withEngine(async (subject) => {
      const { job } = observe(subject, { roots: [], feeds: 2 });
      const feed = job.openFeed(bytes('first'), 0);
      job.cancel();
      job.cancel();
      expect((await job.done).state).toBe('cancelled');
      await expect(feed.write(bytes('late'))).rejects.toMatchObject({ code: 'FEED_CLOSED' });
      await feed.abort('CANCELLED');
      for (const act of [job.pause, job.resume, job.cancel]) act.call(job);
    }),
  );

  test(
    'a consumer that throws ends the job, and its error is the reason',
    withEngine(async (subject) => {
      const { job, events } = observe(subject, {
        onBatch() {
          throw new Error('no room');
        },
      });
      subject.work(job);
      await expect(job.done).rejects.toThrow('no room');
      await vi.waitUntil(() => events.includes('failed'));
    }),
  );
}
