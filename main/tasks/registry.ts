/** The kinds of tasks that there are: a new one adds its line here and to `shared/contract/kinds/registry.ts`. */
import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import { Problem } from '../base/problem.ts';
import { compareTask } from './compare/compare-task.ts';
import { duplicatesTask } from './duplicates/duplicates-task.ts';
import { hashTask } from './hash/hash-task.ts';
import type { TaskKind } from './task.ts';
import { verifyTask } from './verify/verify-task.ts';

/** Guarding lies above the tasks: the app brings it. */
type Brought = 'guard';
type Kinds<Names extends JobKind> = { readonly [Kind in Names]: TaskKind<Extract<JobSpec, { kind: Kind }>> };

export type TaskRegistry = Kinds<Exclude<JobKind, Brought>> & Partial<Kinds<Brought>>;

export const taskKinds: TaskRegistry = {
  hash: hashTask,
  verify: verifyTask,
  compare: compareTask,
  duplicates: duplicatesTask,
};

/** The kind of `spec`. Throws Problem FORBIDDEN for one that nobody has brought. */
export function taskOf(registry: TaskRegistry, spec: JobSpec): TaskKind {
  const kind = registry[spec.kind];
  if (kind === undefined) throw new Problem('FORBIDDEN', 'This is not available here.');
  return kind as TaskKind;
}
