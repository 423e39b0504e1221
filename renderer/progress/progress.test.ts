import { describe, expect, it } from 'vitest';
import type { JobSummary } from '#shared/contract/models.ts';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';
import { type StatsInput, writeStats } from '#shared/stats/writer.ts';
import { job as anyJob } from '../testing/job.ts';
import { ProgressMeter } from './progress.ts';
import { RateMeter } from './rate-meter.ts';
import { busySeconds, rowsMissing } from './summary.ts';

/** Each job's figures lie in a slot of their own. */
const job = (id: number, change: Partial<JobSummary> = {}): JobSummary => anyJob(id, { slot: id, ...change });

function reading(seconds: number, jobs: StatsInput['jobs'], threads: StatsInput['threads'] = []): StatsReading {
  return readStats(writeStats({ engine: { clockNs: seconds * 1e9 }, threads, jobs, pools: [] }));
}

const megabyte = 1e6;

describe('overall progress', () => {
  it('adds up jobs at work and jobs of the run that have ended', () => {
    const ended = job(1, {
      state: 'finished',
      totals: { files: 10, bytes: 5 * megabyte, ok: 10, failed: 0, skipped: 0, elapsedMs: 900 },
    });
    const counters = { filesDone: 3, filesFound: 8, bytesDone: 2e6, bytesFound: 9e6, countComplete: 1, activeNs: 2e9 };
    const progress = new ProgressMeter().read([ended, job(2)], reading(1, [{ slot: 2, jobId: 2, ...counters }]));
    expect(progress).toMatchObject({
      filesDone: 13,
      filesFound: 18,
      bytesDone: 7e6,
      bytesFound: 14e6,
      countComplete: true,
      elapsedSeconds: 2,
    });
  });

  it('takes no counters from a slot that another job has by now', () => {
    const progress = new ProgressMeter().read([job(1)], reading(1, [{ slot: 1, jobId: 99, filesDone: 500 }]));
    expect(progress.filesDone).toBe(0);
  });

  it('moves for empty files too', () => {
    const counters = { filesDone: 50, filesFound: 100, countComplete: 1 };
    const { fraction } = new ProgressMeter().read([job(1)], reading(1, [{ slot: 1, jobId: 1, ...counters }]));
    expect(fraction).toBeCloseTo(0.5);
  });

  it('never goes back once everything is counted', () => {
    const meter = new ProgressMeter();
    const at = (bytesDone: number, bytesFound: number): number =>
      meter.read([job(1)], reading(1, [{ slot: 1, jobId: 1, bytesDone, bytesFound, countComplete: 1 }])).fraction;
    expect(at(60, 100)).toBeCloseTo(0.6);
    expect(at(60, 200)).toBeCloseTo(0.6);
  });

  it('tells the time left only when everything is counted, and then about right', () => {
    const meter = new ProgressMeter();
    const at = (seconds: number, countComplete: number) =>
      meter.read(
        [job(1)],
        reading(seconds, [
          {
            slot: 1,
            jobId: 1,
            bytesDone: seconds * 100 * megabyte,
            bytesFound: 2_000 * megabyte,
            activeNs: seconds * 1e9,
            countComplete,
          },
        ]),
      );
    for (let seconds = 0; seconds <= 9; seconds++) expect(at(seconds, 0).secondsLeft).toBeNull();
    expect(at(10, 1).secondsLeft).toBeCloseTo(10, 0);
    expect(at(11, 1).bytesPerSecond).toBeCloseTo(100 * megabyte, -5);
  });

  it('has no rate while paused, and begins anew afterwards', () => {
    const meter = new ProgressMeter();
    const counters = [{ slot: 1, jobId: 1, bytesDone: 100 * megabyte, bytesFound: 200 * megabyte, countComplete: 1 }];
    meter.read([job(1)], reading(1, counters));
    meter.read([job(1)], reading(2, counters));
    expect(meter.read([job(1, { state: 'paused' })], reading(3, counters)).bytesPerSecond).toBeNull();
    expect(meter.read([job(1)], reading(900, counters)).bytesPerSecond).toBeNull();
  });

  it('names the files in hand of its own jobs, the longest first', () => {
    const threads = [
      { jobId: 1, name: 'short', entrySize: 10, entryDone: 9 },
      { jobId: 1, name: 'long', entrySize: 1000, entryDone: 10 },
      { jobId: 7, name: 'of another run', entrySize: 9999 },
      { jobId: 1, kind: 'walk', name: 'a folder' } as const,
      { jobId: 0, name: '' },
    ];
    const { inHand } = new ProgressMeter().read([job(1)], reading(1, [{ slot: 1, jobId: 1 }], threads));
    expect(inHand.map((file) => file.name)).toEqual(['long', 'short']);
  });

  it('counts a file once that several threads hash together', () => {
    const threads = [
      { jobId: 1, name: '/data/large', entrySize: 1000, entryDone: 10 },
      { jobId: 1, name: '/data/large', entrySize: 1000, entryDone: 20 },
    ];
    const { inHand } = new ProgressMeter().read([job(1)], reading(1, [{ slot: 1, jobId: 1 }], threads));
    expect(inHand).toEqual([{ name: '/data/large', size: 1000, done: 20 }]);
  });
});

describe('what does not answer', () => {
  const stalled = (change: object) =>
    ({ state: 'stalled', jobId: 1, stalledNs: 6e9, name: '/mnt/nas/a', ...change }) as const;
  const read = (threads: StatsInput['threads']) =>
    new ProgressMeter().read([job(1)], reading(1, [{ slot: 1, jobId: 1 }], threads));

  it('is told with its path and since when, the longest first, and is in hand no more', () => {
    const progress = read([
      stalled({}),
      stalled({ name: '/mnt/nas/b', stalledNs: 40e9 }),
      { state: 'reading', jobId: 1, name: 'fine' },
    ]);
    expect(progress.stalled).toEqual([
      { path: '/mnt/nas/b', seconds: 40 },
      { path: '/mnt/nas/a', seconds: 6 },
    ]);
    expect(progress.inHand.map((file) => file.name)).toEqual(['fine']);
  });

  it('is told of a lister, which works for all jobs, and not of other runs or of reading ahead', () => {
    const progress = read([
      stalled({ kind: 'lister', jobId: 0, name: 'folder' }),
      stalled({ jobId: 9 }),
      stalled({ kind: 'prefetcher', jobId: 0 }),
    ]);
    expect(progress.stalled.map(({ path }) => path)).toEqual(['folder']);
  });
});

describe('a rate', () => {
  it('is unknown before two readings', () => {
    const meter = new RateMeter(1);
    meter.observe(0, 0);
    expect(meter.rate).toBeNull();
    meter.observe(1, 50);
    expect(meter.rate).toBe(50);
  });

  it('follows a change without jumping', () => {
    const meter = new RateMeter(2);
    meter.observe(0, 0);
    meter.observe(1, 100);
    meter.observe(2, 100);
    expect(meter.rate).toBeGreaterThan(50);
    for (let second = 3; second < 20; second++) meter.observe(second, 100);
    expect(meter.rate).toBeLessThan(0.1);
  });

  it('leaves out readings of the same moment', () => {
    const meter = new RateMeter(2);
    meter.observe(1, 0);
    meter.observe(1, 1000);
    expect(meter.rate).toBeNull();
  });
});

describe('the results of ended jobs', () => {
  const totals = { files: 4, bytes: 0, ok: 4, failed: 0, skipped: 0, elapsedMs: 0 };
  const ended = job(1, { state: 'finished', batches: 2, totals });

  it('are missing until every row is shown, though all batches were received', () => {
    expect(rowsMissing([ended], 0, () => 2)).toBe(1);
    expect(rowsMissing([ended], 3, () => 2)).toBe(0.25);
    expect(rowsMissing([ended], 4, () => 2)).toBe(0);
  });

  it('are not waited for when the job failed before it wrote them', () => {
    expect(rowsMissing([{ ...ended, state: 'failed' }], 1, () => 2)).toBe(0);
    expect(rowsMissing([{ ...ended, state: 'failed' }], 1, () => 1)).toBe(0.5);
  });
});

describe('the time that jobs took', () => {
  const span = (startedAt: number, elapsedMs: number) =>
    job(startedAt, { startedAt, totals: { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs } });

  it('counts jobs side by side once and pauses between jobs not at all', () => {
    expect(busySeconds([span(0, 4000), span(1000, 2000), span(3000, 3000), span(60_000, 1000)])).toBe(7);
  });

  it('is nothing without jobs', () => {
    expect(busySeconds([])).toBe(0);
  });
});
