/** The kinds of tasks that there are: a new one adds its line here and to `shared/contract/kinds/registry.ts`. */
import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import { compareTask } from './compare/compare-task.ts';
import { duplicatesTask } from './duplicates/duplicates-task.ts';
import { hashTask } from './hash/hash-task.ts';
import type { TaskKind } from './task.ts';
import { verifyTask } from './verify/verify-task.ts';

export type TaskRegistry = { readonly [Kind in JobKind]: TaskKind<Extract<JobSpec, { kind: Kind }>> };

/** All but guarding, which the app brings: it lies above the tasks. */
export const taskKinds: Omit<TaskRegistry, 'guard'> = {
  hash: hashTask,
  verify: verifyTask,
  compare: compareTask,
  duplicates: duplicatesTask,
};

/** The kind of `spec`. */
export function taskOf(registry: TaskRegistry, spec: JobSpec): TaskKind {
  return registry[spec.kind] as TaskKind;
}
