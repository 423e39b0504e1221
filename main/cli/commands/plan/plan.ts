/** `hashlane plan`: from a folder to a plan. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import { nameBytes } from '../../../base/raw-names.ts';
import { isPathWithin } from '../../../base/within.ts';
import { type PlanMade, writePlan } from '../../../tasks/plan/write-plan.ts';
import { UsageError } from '../../errors.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import type { World } from '../../world.ts';

/** As the option parser gives them; names in the form of `nameText`. */
export interface PlanCommandOptions extends Partial<WalkOptions> {
  readonly parts?: number;
  readonly partBytes?: number;
  readonly output: string;
}

/** Rejects with UsageError, FailedAttempt, EngineError, InterruptedError. */
export async function makePlan(root: string, options: PlanCommandOptions, world: World): Promise<PlanMade> {
  const { parts, partBytes, output } = options;
  if (root === '') throw new UsageError('ROOT is empty');
  if (parts === undefined && partBytes === undefined)
    throw new UsageError('say how many --parts, or their --part-bytes');
  if (isPathWithin(realOrSo(output), realOrSo(root))) throw new UsageError('the plan cannot lie in what it is about');
  return runOnEngine(world, (steps) =>
    writePlan(
      {
        root: nameBytes(root),
        folder: path.isAbsolute(root) ? undefined : Buffer.from(process.cwd()),
        walk: options,
        parts: parts === undefined ? { bytes: partBytes! } : { count: parts },
        output,
      },
      steps,
    ),
  );
}

/** Without links as far as it is there. */
function realOrSo(name: string): string {
  const whole = path.resolve(name);
  try {
    return realpathSync(whole);
  } catch {
    const folder = path.dirname(whole);
    return folder === whole ? whole : path.join(realOrSo(folder), path.basename(whole));
  }
}
