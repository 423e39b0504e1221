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
