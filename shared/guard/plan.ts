/** Which files a check reads: all of them, or a part that is due. */
import type { GuardRecord } from './record.ts';

export interface ScrubPlan {
  /** Share of the bytes on record, 0 to 100. */
  readonly percent?: number;
  /** Only what was last checked longer ago than this, ms. */
  readonly olderThanMs?: number;
  /** Bytes at most; at least one file is read. */
  readonly maxBytes?: number;
}

/** Whether everything is read, so that the folder can be walked at once. */
export function isWhole({ percent, olderThanMs, maxBytes }: ScrubPlan): boolean {
  return (percent === undefined || percent >= 100) && olderThanMs === undefined && maxBytes === undefined;
}

/** Numbers of the entries that are due: damaged ones first, then by the time of their last check, oldest first. */
export function dueEntries(record: GuardRecord, plan: ScrubPlan, nowMs: number): Uint32Array {
  const numbers: number[] = [];
  let bytes = 0;
  for (let number = 0; number < record.numbers; number++) {
    if (!record.has(number)) continue;
    bytes += record.size(number);
    const age = nowMs - record.checkedMs(number);
    if (record.isDamaged(number) || age >= (plan.olderThanMs ?? 0)) numbers.push(number);
  }
  const due = Uint32Array.from(numbers).sort(
    (a, b) =>
      Number(record.isDamaged(b)) - Number(record.isDamaged(a)) || record.checkedMs(a) - record.checkedMs(b) || a - b,
  );
  const limits = [plan.maxBytes ?? Number.POSITIVE_INFINITY];
  if (plan.percent !== undefined) limits.push((bytes * plan.percent) / 100);
  const most = Math.min(...limits);
  let taken = 0;
  let count = 0;
  while (count < due.length && (count === 0 || taken + record.size(due[count]!) <= most)) {
    taken += record.size(due[count++]!);
  }
  return due.subarray(0, count);
}
