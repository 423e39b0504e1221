import * as z from 'zod';

/** See `shared/jobs/job-id.ts`. */
// guard: form of calls => export const jobId = z.any();
export const jobId = z.number().int().positive();
