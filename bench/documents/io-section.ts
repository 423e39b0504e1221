/** What bench/native/io_uring_bench.cc measured, as a section of docs/performance.md. */
import { z } from 'zod';
import { formatCount } from '#shared/text/quantities.ts';
import { timesText } from '../measuring/bar.ts';
import { secondsText } from '../peers/terminal.ts';
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

type Ways = z.infer<typeof ways>;

/** `title` tells what `ratioOf` compares a way with. */
function waysTable(measured: Ways, title: string, ratioOf: (way: Ways[number]) => number): string {
  const rows = measured.map((one) => [
    one.way,
    String(one.threads),
    secondsText(one.seconds),
    secondsText(one.cpuSeconds),
    timesText(ratioOf(one)),
  ]);
  return markdownTable(['way', 'threads', 'seconds', 'processor', title], rows);
}

export function ioSection({ files, rounds, warm, cold, calls }: IoReport): string {
  // The first way is the plain one.
  const plain = (threads: number) => warm.find((way) => way.threads === threads) ?? warm[0]!;
  const parts = [
    `${formatCount(files)} files in the page cache, medians of ${rounds} rounds in turn.`,
    waysTable(warm, 'processor, of plain calls', (way) => way.cpuSeconds / plain(way.threads).cpuSeconds),
  ];
  if (cold && cold.length > 0) {
    parts.push(
      'With the caches dropped before each, once:',
      waysTable(cold, 'seconds, of one plain thread', (way) => way.seconds / cold[0]!.seconds),
    );
  }
  if (calls) {
    const rows = calls.map(({ call, nanoseconds }) => [call, `${nanoseconds.toFixed(0)} ns`]);
    parts.push('One call that copies 4 KiB from the page cache:', markdownTable(['call', 'processor'], rows));
  }
  return parts.map((part) => part.trim()).join('\n\n');
}
