/** What records count for, one by one: the same sums that the engine keeps, of those that were let through. */
import type { BatchView } from '#shared/batch/reader.ts';
import { failedStatuses, statuses } from '#shared/tables/statuses.ts';

const okNumber = statuses.indexOf('ok');

export class RecordTotals {
  files = 0;
  bytes = 0;
  ok = 0;
  failed = 0;
  skipped = 0;

  /** Whether the record has digests. */
  count(batch: BatchView, index: number): boolean {
    this.files++;
    if (batch.statusNumber(index) === okNumber) {
      this.ok++;
      this.bytes += batch.size(index);
      return true;
    }
    const status = batch.status(index);
    if (status === 'skipped') this.skipped++;
    else if (failedStatuses.has(status)) this.failed++;
    return false;
  }
}
