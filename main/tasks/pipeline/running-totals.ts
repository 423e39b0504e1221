/** A job's totals while it runs, read from its region of the engine's stats block. */
import type { JobTotals } from '#shared/contract/jobs.ts';
import { jobRegionSlots, jobSlots, jobsAt } from '#shared/stats/layout.ts';

export const noTotals: JobTotals = { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 };

/** Undefined when the region belongs to another job: it is used anew once a job has ended. */
export function runningTotals(stats: Uint8Array, slot: number, jobId: number): JobTotals | undefined {
  const view = new DataView(stats.buffer, stats.byteOffset, stats.byteLength);
  const read = (field: keyof typeof jobSlots): number =>
    Number(view.getBigUint64((jobsAt + slot * jobRegionSlots + jobSlots[field]) * 8, true));
  if (read('jobId') !== jobId) return undefined;
  return {
    files: read('filesDone'),
    bytes: read('bytesDone'),
    ok: read('ok'),
    failed: read('failed'),
    skipped: read('skipped'),
    elapsedMs: read('activeNs') / 1e6,
  };
}
