/** The host, and what it says of itself to its windows. */
import * as z from 'zod';
import { aboutReport, processReport } from '../diagnostics/report.ts';
import { jobId } from './job-id.ts';
import { jobStatus, jobSummary } from './jobs.ts';
import { settings } from './settings.ts';
import { source } from './sources.ts';

/** What does not change while the engine lives. */
export const systemInfo = aboutReport.extend({
  host: z.enum(['electron', 'web']),
  /** New versions can be looked for. */
  canUpdate: z.boolean(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

/** Readings of the host's own process, taken when asked for. */
export const processReading = processReport.extend({
  /** The host's monotonic clock, the one of the engine's times, milliseconds. */
  clockMs: z.number(),
});
export type ProcessReading = z.infer<typeof processReading>;

export const hostEvent = z.discriminatedUnion('kind', [
  /** A job that this window has not heard of. */
  z.object({ kind: z.literal('job'), job: jobSummary }),
  /** A job that it has heard of changed state, or ended. */
  z.object({ kind: z.literal('status'), job: jobStatus }),
  /** These jobs and their results have been cleared, here or in another window. Their ids never come back. */
  z.object({ kind: z.literal('forgotten'), ids: z.array(jobId) }),
  /** Sources arrived from outside the window: the command line, a second instance, the dock. */
  z.object({ kind: z.literal('sources'), sources: z.array(source) }),
  z.object({ kind: z.literal('settings'), settings }),
]);
export type HostEvent = z.infer<typeof hostEvent>;
