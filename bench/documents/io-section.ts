/** What bench/native/io_uring_bench.cc measured, as a section of docs/performance.md. */
import { z } from 'zod';
import { formatCount } from '#shared/text/quantities.ts';
import { timesText } from '../measuring/threshold.ts';
import { secondsText } from '../peers/terminal.ts';
import { markdownTable } from './marked.ts';

const variants = z.array(
  z.object({ variant: z.string(), threads: z.number(), seconds: z.number(), cpuSeconds: z.number() }),
);

/** What the program prints. */
export const ioReport = z.object({
  layout: z.literal('hashlane-io/1'),
  files: z.number(),
  bytes: z.number(),
  rounds: z.number(),
  warm: variants,
  cold: variants.optional(),
  calls: z.array(z.object({ call: z.string(), nanoseconds: z.number() })).optional(),
});

export type IoReport = z.infer<typeof ioReport>;

type Variants = z.infer<typeof variants>;

/** `title` names what `ratioOf` compares a variant with. */
function variantsTable(measured: Variants, title: string, ratioOf: (variant: Variants[number]) => number): string {
  const rows = measured.map((one) => [
    one.variant,
    String(one.threads),
    secondsText(one.seconds),
    secondsText(one.cpuSeconds),
    timesText(ratioOf(one)),
  ]);
  return markdownTable(['variant', 'threads', 'seconds', 'processor', title], rows);
}

export function ioSection({ files, rounds, warm, cold, calls }: IoReport): string {
  // The first variant is the plain one.
  const plain = (threads: number) => warm.find((variant) => variant.threads === threads) ?? warm[0]!;
  const parts = [
    `${formatCount(files)} files in the page cache, medians of ${rounds} rounds.`,
    variantsTable(
      warm,
      'processor, of plain calls',
      (variant) => variant.cpuSeconds / plain(variant.threads).cpuSeconds,
    ),
  ];
  if (cold && cold.length > 0) {
    parts.push(
      'With the caches dropped before each, once:',
      variantsTable(cold, 'seconds, of one plain thread', (variant) => variant.seconds / cold[0]!.seconds),
    );
  }
  if (calls) {
    const rows = calls.map(({ call, nanoseconds }) => [call, `${nanoseconds.toFixed(0)} ns`]);
    parts.push('One call that copies 4 KiB from the page cache:', markdownTable(['call', 'processor'], rows));
  }
  return parts.map((part) => part.trim()).join('\n\n');
}
