/** A job that has just begun, as the host would tell of it; override what the test is about. */
import type { JobSummary } from '#shared/contract/models.ts';

export function job(id: number, change: Partial<JobSummary> = {}): JobSummary {
  return {
    id,
    kind: 'hash',
    outcome: null,
    slot: 0,
    state: 'running',
    algorithms: ['md5'],
    sources: [],
    startedAt: 0,
    batches: 0,
    totals: { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 },
    failure: null,
    ...change,
  };
}
