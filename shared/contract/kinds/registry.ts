/** The kinds of jobs: each brings a specification of its own, and one line here. */
import * as z from 'zod';
import { compareSpec } from './compare.ts';
import { duplicatesSpec } from './duplicates.ts';
import { guardSpec } from './guard.ts';
import { hashSpec } from './hash.ts';
import { verifySpec } from './verify.ts';

/** What `jobs.start` takes. */
export const jobSpec = z.discriminatedUnion('kind', [hashSpec, verifySpec, compareSpec, duplicatesSpec, guardSpec]);
export type JobSpec = z.infer<typeof jobSpec>;
export type JobKind = JobSpec['kind'];

export const jobKinds = jobSpec.options.map((option) => option.shape.kind.value) as [JobKind, ...JobKind[]];
