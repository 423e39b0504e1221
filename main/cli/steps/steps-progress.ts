/** What a task of several steps has done so far: one line of standard error, redrawn in place. */
import type { JobTotals } from '#shared/contract/jobs.ts';
import { formatCount, formatRate, formatSize } from '#shared/text/quantities.ts';
import { clearLine } from '../hash/progress.ts';
import { RateMeter } from '../hash/rate-meter.ts';
import type { World } from '../world.ts';

const redrawMs = 200;

export function stepsProgressText({ files, bytes, failed }: JobTotals, bytesPerSecond: number): string {
  const parts = [`${formatCount(files)} files`, formatSize(bytes), formatRate(bytesPerSecond)];
  if (failed > 0) parts.push(`${formatCount(failed)} could not be read`);
  return parts.join('  ');
}

/** Draws on a terminal that can; returns what ends it and leaves no trace. */
export function showProgress({ messages, environment }: World, totals: () => JobTotals): () => void {
  if (!messages.isTerminal || environment.TERM === 'dumb') return () => undefined;
  const rate = new RateMeter();
  const start = performance.now();
  const timer = setInterval(() => {
    const now = totals();
    rate.add((performance.now() - start) / 1000, now.bytes);
    messages.write(`\r${stepsProgressText(now, rate.perSecond).slice(0, messages.columns - 1)}\x1b[K`);
  }, redrawMs);
  return () => {
    clearInterval(timer);
    messages.write(clearLine);
  };
}
