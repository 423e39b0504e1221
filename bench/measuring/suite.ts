/** One thing that is measured, as rows of variants. */
import { z } from 'zod';
import { threshold } from './threshold.ts';

export const units = ['ns', 'µs', 'ms', 'bytes', '%'] as const;
export type Unit = (typeof units)[number];

const variant = z.object({
  name: z.string(),
  /** One value a round, in the row's unit, for one of what the row counts. */
  rounds: z.array(z.number()).min(1),
});
export type Variant = z.infer<typeof variant>;

/** One line of the table: what Hashlane does first, then the alternatives. */
export const row = z
  .object({
    /** `batches/1000 results, numbers only`. */
    what: z.string(),
    /** One of what: `result`, `call`, `lease`. */
    per: z.string(),
    unit: z.enum(units),
    ours: variant,
    plain: z.array(variant),
    /** What ours should reach, if anything. */
    thresholds: z.array(threshold).default([]),
    /** What a reader has to know to read the figures right. */
    note: z.string().optional(),
  })
  .refine(({ ours, plain }) => plain.every(({ rounds }) => rounds.length === ours.rounds.length), {
    message: 'A variant lacks a round that ours has',
  });
export type Row = z.infer<typeof row>;
export type RowInput = z.input<typeof row>;

export interface Setting {
  /** Counted rounds; in each, every variant is measured. One more warms. */
  readonly rounds: number;
  /** Small work: to try the benchmark out, never to judge by. */
  readonly quick: boolean;
  /** A folder for files, removed at the end. */
  readonly scratch: string;
}

export interface Suite {
  /** As the command line names it. */
  readonly name: string;
  /** A sentence: what is compared. */
  readonly about: string;
  /** True where it takes so long that it runs only when it is named. */
  readonly byName?: true;
  readonly run: (setting: Setting) => Promise<readonly RowInput[]>;
}
