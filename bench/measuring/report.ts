/** What a run gives: the layout of --json, which bench/report-to-markdown.ts reads again. */
import { z } from 'zod';
import { machine } from './machine.ts';
import { row } from './suite.ts';

const suiteResult = z.object({
  name: z.string(),
  about: z.string(),
  rows: z.array(row),
  /** Why it could not be run to its end. */
  failure: z.string().nullable(),
});
export type SuiteResult = z.infer<typeof suiteResult>;

export const measurements = z.object({
  layout: z.literal('hashlane-measurements/1'),
  group: z.enum(['js-native', 'product']),
  version: z.string(),
  /** Small work: to try the benchmarks out, never to judge by. */
  quick: z.boolean(),
  /** Counted ones; one more warms. */
  rounds: z.number(),
  machine,
  suites: z.array(suiteResult),
});
export type Measurements = z.infer<typeof measurements>;
