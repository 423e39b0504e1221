/** Guarded folders, as the window lists them. */
import * as z from 'zod';
import { limits } from '../jobs/limits.ts';

/** See `guardId` in `main/guard/guard-store.ts`: it stands for the folder's path. */
export const guardId = z.string().regex(/^[0-9a-f]{16}$/);

export const guardedFolder = z.object({
  id: guardId,
  /** For people. */
  root: z.string(),
  /** False while it is offline, or something else is in its place. */
  isAvailable: z.boolean(),
  /** Why its record cannot be read; null: it can, and the rest says what is in it. */
  problem: z.string().nullable(),
  files: z.number(),
  /** Files that were damaged when they were last read. */
  damaged: z.number(),
  /** Milliseconds since 1970; null: never. */
  lastCheck: z.number().nullable(),
  /** Share of the bytes that was read within so many days, 0 to 100. */
  coverage: z.object({ percent: z.number(), days: z.number() }),
});
export type GuardedFolder = z.infer<typeof guardedFolder>;

/** Files of a guarded folder, by their names in its record. */
export const guardedFiles = z.object({
  id: guardId,
  /** Relative to the folder; base64 of the bytes where they are not UTF-8. */
  paths: z
    .array(
      z.object({
        path: z.string().min(1).max(limits.pathLength),
        pathBase64: z
          .string()
          .max(limits.pathLength * 2)
          .optional(),
      }),
    )
    .min(1)
    .max(limits.rehash),
});
