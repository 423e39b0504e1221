/** Algorithms as they cross between host and window. */
import * as z from 'zod';
import { algorithmNames } from '../tables/algorithms.ts';

export const algorithmName = z.enum(algorithmNames);

/** At least one algorithm, each once. */
export const algorithmList = z
  .array(algorithmName)
  .min(1)
  .max(algorithmNames.length)
  .refine((list) => new Set(list).size === list.length, 'each algorithm once');
