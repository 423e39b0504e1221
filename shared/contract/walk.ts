/** Walk options as they cross, made from their table. */
import * as z from 'zod';
import { engineLimits, limits } from '../jobs/limits.ts';
import { type WalkOptions, walkFieldNames, walkFields } from '../jobs/walk-options.ts';

const schemas = {
  flag: z.boolean(),
  count: z.number().int().min(0).max(engineLimits.maxDepth).nullable(),
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  rate: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable(),
  patterns: z.array(z.string().min(1).max(limits.patternLength)).max(limits.patterns),
} as const;

/** An option that the other side does not know yet has its default. */
export const walkOptions = z.object(
  Object.fromEntries(
    walkFieldNames.map((name) => {
      const { kind, default: preset } = walkFields[name];
      return [name, (schemas[kind] as z.ZodType<unknown>).default(preset as never)];
    }),
  ),
) as unknown as z.ZodType<WalkOptions, Partial<WalkOptions>>;
