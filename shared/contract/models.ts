/** All topics together, for those who have not chosen theirs yet. */
export { limits } from '../jobs/limits.ts';
export type { WalkOptions } from '../jobs/walk-options.ts';
export * from './algorithms.ts';
export * from './guard.ts';
export * from './history.ts';
export * from './jobs.ts';
export * from './results.ts';
export * from './settings.ts';
export * from './sources.ts';
export * from './system.ts';
export * from './walk.ts';
