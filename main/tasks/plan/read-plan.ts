/** Reads a plan and one of its lists, both held against their digests. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type JournalPart, type Plan, plan, planFile, planText } from '#shared/shards/plan.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { EntriesError, EntryReader, rootPrefix } from './entries.ts';

/** Why a plan or a list is of no use. */
class PlanError extends Error {
  readonly code = 'PLAN_DAMAGED';
}

export interface PlannedPart {
  readonly part: JournalPart;
  readonly plan: Plan;
  /** All paths of the part, as a walk of the root would name them. */
  readonly paths: readonly Uint8Array[];
}

/** `folder`: where the plan lies. Rejects with FailedAttempt. */
export async function readPlan(folder: string): Promise<Plan> {
  const file = path.join(folder, planFile);
  return attempt(`cannot read the plan ${shownName(nameBytes(file))}`, async () => {
    let json: unknown;
    try {
      json = JSON.parse(await readFile(Buffer.from(nameBytes(file)), 'utf8'));
    } catch (error) {
      throw error instanceof SyntaxError ? new PlanError('it is no JSON') : error;
    }
    const found = plan.safeParse(json);
    if (!found.success)
      throw new PlanError(`it is no plan of this version of Hashlane (${found.error.issues[0]?.message})`);
    if (sha256(Buffer.from(planText(found.data))) !== found.data.digest) throw new PlanError('it was changed');
    return found.data;
  });
}

/** `list`: a part's list, in the form of `nameText`. Rejects with FailedAttempt. */
export async function readPart(list: string): Promise<PlannedPart> {
  const found = await readPlan(path.dirname(list));
  const shown = shownName(nameBytes(list));
  return attempt(`cannot read the list ${shown}`, async () => {
    const index = found.parts.findIndex((part) => part.list === path.basename(list));
    const said = found.parts[index];
    if (said === undefined) throw new PlanError('it is no list of the plan beside it');
    const bytes = await readFile(Buffer.from(nameBytes(list)));
    if (sha256(bytes) !== said.digest) throw new PlanError('it is not what the plan beside it says');
    const prefix = rootPrefix(Buffer.from(found.root, 'base64'));
    const absolute = Buffer.from(nameBytes(path.resolve(list))).toString('base64');
    const paths = pathsOf(bytes, prefix);
    return {
      part: { index, count: found.parts.length, entries: paths.length, plan: found.digest, list: absolute },
      plan: found,
      paths,
    };
  });
}

function pathsOf(list: Uint8Array, prefix: Uint8Array): Uint8Array[] {
  const paths: Uint8Array[] = [];
  const reader = new EntryReader();
  for (const { bytes, pathAt } of reader.push(list)) {
    const below = bytes.subarray(pathAt, -1);
    // A file that is the root itself has no path below it.
    paths.push(below.length === 0 ? prefix.slice(0, -1) : Buffer.concat([prefix, below]));
  }
  reader.end();
  return paths;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FailedAttempt) throw error;
    throw new FailedAttempt(what, error instanceof EntriesError ? new PlanError(error.message) : error);
  }
}
