/** What a run of the suites gives: the layout of --json, which bench/report-to-markdown.ts reads again. */
import { z } from 'zod';
import { machine } from '../measuring/machine.ts';
import { threshold } from '../measuring/threshold.ts';

const seconds = z.object({ median: z.number(), min: z.number(), max: z.number(), rounds: z.array(z.number()) });

const contenderResult = z.object({
  name: z.string(),
  /** False for what only reads: a baseline. */
  hashes: z.boolean(),
  /** As it was run; machine-dependent paths and all. */
  command: z.array(z.string()),
  /** The file that was its standard input. */
  input: z.string().nullable(),
  seconds,
  /** Of all its threads and processes, the median. */
  cpuSeconds: z.number(),
  /** Of its largest process, the maximum of all rounds, as the kernel counted. */
  peakMemoryBytes: z.number(),
  /** The same by Hashlane's own --summary-json. */
  ownPeakMemoryBytes: z.number().nullable(),
  /** How many times faster Hashlane is; null for Hashlane itself. */
  hashlaneIs: z.number().nullable(),
});

const suiteResult = z.object({
  name: z.string(),
  work: z.string(),
  files: z.number(),
  bytes: z.number(),
  contenders: z.array(contenderResult),
  missing: z.array(z.object({ program: z.string(), package: z.string() })),
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Digests that two contenders both gave, and what they did not agree on. */
  compared: z.number(),
  disagreements: z.array(z.string()),
  /** Peers that left files out, and how many they hashed: their work was less. */
  incomplete: z.array(z.object({ name: z.string(), files: z.number() })),
  thresholds: z.array(threshold),
});

export const report = z.object({
  layout: z.literal('hashlane-bench/1'),
  version: z.string(),
  /** With small corpora: to try the benchmarks out, never to judge by. */
  quick: z.boolean(),
  /** Counted ones; one more warms. */
  rounds: z.number(),
  machine,
  programs: z.array(z.object({ package: z.string(), version: z.string().nullable() })),
  suites: z.array(suiteResult),
});

export type ContenderResult = z.infer<typeof contenderResult>;
export type SuiteResult = z.infer<typeof suiteResult>;
export type Report = z.infer<typeof report>;
