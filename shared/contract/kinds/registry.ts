/** The kinds of jobs: each brings a specification of its own, and one line here. */
import * as z from 'zod';
import { hashSpec } from './hash.ts';

/** What `jobs.start` takes. */
export const jobSpec = z.discriminatedUnion('kind', [hashSpec]);
export type JobSpec = z.infer<typeof jobSpec>;
export type JobKind = JobSpec['kind'];

export const jobKinds = jobSpec.options.map((option) => option.shape.kind.value) as [JobKind, ...JobKind[]];
