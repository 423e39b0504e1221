import type { JobSummary } from '#shared/contract/models.ts';
import { isActive } from '../state/jobs.ts';
import type { Standing } from '../verdict/verdict.ts';

/** How jobs that share a table stand as one: at work while one of them is, else as the last one ended. */
export function together(jobs: readonly JobSummary[]): Standing | null {
  const last = jobs.at(-1);
  if (last === undefined) return null;
  const { kind, state, outcome, failure } = jobs.findLast(isActive) ?? last;
  const sum = (of: (totals: JobSummary['totals']) => number): number =>
    jobs.reduce((total, { totals }) => total + of(totals), 0);
  const totals = {
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    ok: sum(({ ok }) => ok),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    elapsedMs: sum(({ elapsedMs }) => elapsedMs),
  };
  return { kind, state, outcome, failure, totals };
}
