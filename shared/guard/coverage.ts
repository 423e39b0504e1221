/** How much of the record was read lately. */
import type { GuardRecord } from './record.ts';

export interface Coverage {
  /** Within so many days. */
  readonly days: number;
  readonly files: number;
  readonly bytes: number;
  readonly checkedFiles: number;
  readonly checkedBytes: number;
  /** Of the bytes, 0 to 100, rounded down to a tenth; of the files where there are no bytes. */
  readonly percent: number;
  /** Milliseconds since 1970; null for an empty record. */
  readonly oldestCheckMs: number | null;
}

export const coverageDays = 90;
const dayMs = 86_400_000;

export function coverageOf(record: GuardRecord, nowMs: number, days = coverageDays): Coverage {
  let files = 0;
  let bytes = 0;
  let checkedFiles = 0;
  let checkedBytes = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (let number = 0; number < record.numbers; number++) {
    if (!record.has(number)) continue;
    const size = record.size(number);
    const checked = record.checkedMs(number);
    files++;
    bytes += size;
    oldest = Math.min(oldest, checked);
    if (nowMs - checked > days * dayMs) continue;
    checkedFiles++;
    checkedBytes += size;
  }
  const share = bytes > 0 ? checkedBytes / bytes : files > 0 ? checkedFiles / files : 1;
  return {
    ...{ days, files, bytes, checkedFiles, checkedBytes },
    percent: Math.floor(share * 1000) / 10,
    oldestCheckMs: files > 0 ? oldest : null,
  };
}
