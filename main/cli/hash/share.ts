/** The share of the work that one of several machines has: a part of a plan, or a shard of the walk. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { defaultWalk, type WalkOptions, walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { type JournalPart, listName, planFile } from '#shared/shards/plan.ts';
import { arrayIndex, parseShard, ShardError } from '#shared/shards/shard.ts';
import { nameBytes } from '../../base/raw-names.ts';
import { isPathWithin } from '../../base/within.ts';
import type { EngineJobSpec } from '../../engine/engine.ts';
import { JournalError } from '../../store/journal-error.ts';
import { type PlannedPart, readPart } from '../../tasks/plan/read-plan.ts';
import { FailedAttempt, UsageError } from '../errors.ts';
import type { World } from '../world.ts';
import type { HashOptions } from './options.ts';

export interface Share {
  readonly part: JournalPart;
  readonly engine: Pick<EngineJobSpec, 'listed' | 'shard'>;
  /** What a plan says: its root, as results are named by it, and all paths of the part. */
  readonly planned?: {
    readonly root: Uint8Array;
    readonly walk: WalkOptions;
    readonly paths: readonly Uint8Array[];
  };
}

/** `options` have a plan or a shard. Rejects with UsageError and FailedAttempt. */
export async function shareOf(paths: readonly string[], options: HashOptions, { environment }: World): Promise<Share> {
  const { plan, shard } = options;
  if (plan !== undefined && shard !== undefined) throw new UsageError('--plan and --shard exclude each other');
  if (options.filesFrom !== undefined) throw new UsageError('a list of --files-from is not shared: split it instead');
  try {
    if (shard !== undefined) return shardOf(paths, shard, options, environment);
    if (paths.length > 0) throw new UsageError('--plan names the files: no PATH can be given');
    if (JSON.stringify(walkOptionsOf(options)) !== JSON.stringify(defaultWalk)) {
      throw new UsageError("what chooses files belongs to the plan: give these options to 'hashlane plan'");
    }
    return plannedShare(await readPart(listOf(plan!, environment)));
  } catch (error) {
    throw error instanceof ShardError ? new UsageError(error.message) : error;
  }
}

function shardOf(
  paths: readonly string[],
  text: string,
  { journal, output }: HashOptions,
  environment: World['environment'],
): Share {
  if (paths.length !== 1) throw new UsageError('--shard shares one folder: give one PATH');
  const shard = parseShard(text, environment);
  // Another machine's walk would meet it as a file.
  for (const own of [journal, output]) {
    if (own !== undefined && own !== '-' && isPathWithin(path.resolve(own), path.resolve(paths[0]!))) {
      throw new UsageError(`${own} cannot lie in the folder that is shared`);
    }
  }
  return { part: shard, engine: { shard } };
}

/** The list that `given` names; of a plan's folder the one of this task of an array. */
function listOf(given: string, environment: World['environment']): string {
  const isFolder = statSync(Buffer.from(nameBytes(given)), { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder) return given;
  const index = arrayIndex(environment);
  if (index !== undefined) return path.join(given, listName(index));
  throw new UsageError(`${given} is a folder: name one of its lists, or run it as a task of an array`);
}

function plannedShare({ part, plan, paths }: PlannedPart): Share {
  const { walk, root, folder } = plan;
  const there = folder === undefined ? undefined : Buffer.from(folder, 'base64').toString();
  if (there !== undefined && there !== process.cwd()) {
    throw new UsageError(`the plan is about a path that is relative to ${there}: go there first`);
  }
  return { part, engine: { listed: true }, planned: { root: Buffer.from(root, 'base64'), walk, paths } };
}

/** The share of a journal's job, which goes on in this folder. Rejects with FailedAttempt. */
export async function shareOfJournal(file: string, part: JournalPart): Promise<Share> {
  const { plan, list, index, count } = part;
  if (plan === undefined) return { part, engine: { shard: { index, count } } };
  const attempt = `cannot go on with ${file}`;
  const at = list === undefined ? '' : Buffer.from(list, 'base64').toString();
  if (!existsSync(path.join(path.dirname(at), planFile))) {
    throw new FailedAttempt(attempt, new JournalError('JOURNAL_FORMAT', `its plan is not at ${at}`));
  }
  const found = await readPart(at);
  if (found.part.plan !== plan) {
    throw new FailedAttempt(attempt, new JournalError('JOURNAL_FORMAT', `another plan lies at ${at}`));
  }
  return plannedShare(found);
}
