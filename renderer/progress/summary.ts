import type { JobSummary } from '#shared/contract/models.ts';

/** Seconds in which at least one of the jobs was at work; jobs side by side count once. */
export function busySeconds(jobs: readonly JobSummary[]): number {
  const spans = jobs
    .map((job) => ({ from: job.startedAt, to: job.startedAt + job.totals.elapsedMs }))
    .sort((a, b) => a.from - b.from);
  let total = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.to <= end) continue;
    total += span.to - Math.max(span.from, end);
    end = span.to;
  }
  return total / 1e3;
}

/**
 * The part of the jobs' results, 0 to 1, that has yet to arrive or to be shown. `rows` are those in
 * the results store, which lags a little behind the batches received; a job that failed may have
 * counted files whose rows it could not write, so that only its batches are waited for.
 */
export function rowsMissing(jobs: readonly JobSummary[], rows: number, received: (jobId: number) => number): number {
  const files = jobs.reduce((sum, job) => sum + (job.state === 'failed' ? 0 : job.totals.files), 0);
  const batches = jobs.reduce((sum, job) => sum + job.batches, 0);
  const taken = jobs.reduce((sum, job) => sum + received(job.id), 0);
  return Math.max(partMissing(rows, files), partMissing(taken, batches));
}

function partMissing(present: number, expected: number): number {
  return present < expected ? 1 - present / expected : 0;
}
