import type { JobSummary } from '#shared/contract/models.ts';

/** Whether the job can still bring results. */
export function isActive({ state }: Pick<JobSummary, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'cancelling';
}

/** The list with this job in it: in its old place, or at the end. */
export function withJob(jobs: readonly JobSummary[], job: JobSummary): JobSummary[] {
  return jobs.some((one) => one.id === job.id) ? jobs.map((one) => (one.id === job.id ? job : one)) : [...jobs, job];
}
