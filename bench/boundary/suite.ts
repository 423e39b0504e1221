/** One technique of the boundary, measured against its plain alternative. */
import { z } from 'zod';
import { barResult } from '../measuring/bar.ts';

export const units = ['ns', 'µs', 'ms', 's', 'bytes', '%', 'times', 'instructions'] as const;
export type Unit = (typeof units)[number];

const way = z.object({
  name: z.string(),
  /** One value a round, in the row's unit, for one of what the row counts. */
  rounds: z.array(z.number()).min(1),
});
export type Way = z.infer<typeof way>;

/** One line of the table: what Hashlane does first, then the alternatives. */
export const row = z
  .object({
    /** `batches/1000 results, numbers only`. */
    what: z.string(),
    /** One of what: `result`, `call`, `lease`. */
    per: z.string(),
    unit: z.enum(units),
    ours: way,
    plain: z.array(way),
    /** What ours should reach, when there is a bar; a list where there are several. */
    bar: z.union([barResult, z.array(barResult)]).optional(),
    /** What a reader has to know to read the figures right. */
    note: z.string().optional(),
  })
  .refine(({ ours, plain }) => plain.every(({ rounds }) => rounds.length === ours.rounds.length), {
    message: 'A way lacks a round that ours has',
  });
export type Row = z.infer<typeof row>;

export interface Setting {
  /** Counted rounds; in each, all ways in turn. One more warms. */
  readonly rounds: number;
  /** Small work: to try the benchmark out, never to judge by. */
  readonly quick: boolean;
  /** A folder for files, removed at the end. */
  readonly scratch: string;
}

export interface Suite {
  /** What it is asked for by: `npm run bench:boundary -- --only batches`. */
  readonly name: string;
  /** A sentence: what is compared. */
  readonly about: string;
  /** True where it takes so long that it runs only when it is asked for by its name. */
  readonly byName?: true;
  readonly run: (setting: Setting) => Promise<readonly Row[]>;
}
