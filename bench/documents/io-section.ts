/** What bench/native/io_uring_bench.cc measured, as a section of docs/performance.md. */
import { z } from 'zod';
import { formatCount } from '#shared/text/quantities.ts';
import { secondsText, timesText } from '../peers/terminal.ts';
import { markdownTable } from './marked.ts';

const ways = z.array(z.object({ way: z.string(), threads: z.number(), seconds: z.number(), cpuSeconds: z.number() }));

/** What the program prints. */
export const ioReport = z.object({
  layout: z.literal('hashlane-io/1'),
  files: z.number(),
  bytes: z.number(),
  rounds: z.number(),
  warm: ways,
  cold: ways.optional(),
  calls: z.array(z.object({ call: z.string(), nanoseconds: z.number() })).optional(),
});

export type IoReport = z.infer<typeof ioReport>;

/** Ratios are to the first way on as many threads. */
function waysTable(measured: z.infer<typeof ways>): string {
  const rows = measured.map(({ way, threads, seconds, cpuSeconds }) => {
    const plain = measured.find((other) => other.threads === threads) ?? measured[0]!;
    return [
      way,
      String(threads),
      secondsText(seconds),
      secondsText(cpuSeconds),
      timesText(cpuSeconds / plain.cpuSeconds),
    ];
  });
  return markdownTable(['way', 'threads', 'seconds', 'processor', 'processor, of plain calls'], rows);
}

export function ioSection({ files, rounds, warm, cold, calls }: IoReport): string {
  const parts = [
    `${formatCount(files)} files in the page cache, medians of ${rounds} rounds in turn.`,
    waysTable(warm),
  ];
  if (cold && cold.length > 0) parts.push('With the caches dropped before each, once:', waysTable(cold));
  if (calls) {
    const rows = calls.map(({ call, nanoseconds }) => [call, `${nanoseconds.toFixed(0)} ns`]);
    parts.push('One call that copies 4 KiB from the page cache:', markdownTable(['call', 'processor'], rows));
  }
  return parts.join('\n\n');
}
