/** The last line for people: what was done, and what not. */
import { formatCount, formatRate, formatSize } from '#shared/text/quantities.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';

/** `12 files, 3.4 GB, 1 failed, 2 skipped in 3.2 s (1.1 GB/s)`, a whole line. */
export function closingLine({ ok, bytes, skipped }: RecordTotals, failed: number, elapsedMs: number): string {
  const parts = [`${formatCount(ok)} ${ok === 1 ? 'file' : 'files'}`, formatSize(bytes)];
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (skipped > 0) parts.push(`${formatCount(skipped)} skipped`);
  const seconds = elapsedMs / 1000;
  const rate = seconds > 0.05 ? ` (${formatRate(bytes / seconds)})` : '';
  return `hashlane: ${parts.join(', ')} in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s${rate}\n`;
}
