/** One technique of the boundary, measured against its plain alternative. */
import { z } from 'zod';

export const units = ['ns', 'µs', 'ms', 's', 'bytes', '%', 'times'] as const;

const way = z.object({
  name: z.string(),
  /** One value a round, in the row's unit, for one of what the row counts. */
  rounds: z.array(z.number()).min(1),
});

/** One line of the table: what Hashlane does first, then the alternatives. */
export const row = z.object({
  /** `batches/1000 results, numbers only`. */
  what: z.string(),
  /** One of what: `result`, `call`, `lease`. */
  per: z.string(),
  unit: z.enum(units),
  ours: way,
  plain: z.array(way),
  /** What ours should reach, when there is a bar. */
  bar: z
    .object({
      text: z.string(),
      value: z.number().nullable(),
      met: z.boolean().nullable(),
    })
    .optional(),
  /** What a reader has to know to read the figures right. */
  note: z.string().optional(),
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
  /** It takes long or much of the disk: left out unless it is asked for. */
  readonly onlyByName?: true;
  readonly run: (setting: Setting) => Promise<readonly Row[]>;
}
