/** Where a job stands, for the contract and the window. The engine's own states are in `shared/stats/names.ts`. */
export const jobStates = ['running', 'paused', 'cancelling', 'finished', 'cancelled', 'failed'] as const;
export type JobStateName = (typeof jobStates)[number];

/** Whether more may come of the job. */
export function isActive(state: JobStateName): boolean {
  return state === 'running' || state === 'paused' || state === 'cancelling';
}
