/**
 * Shards: how several machines share one tree without a plan. A file belongs to the shard whose number is XXH3-64 of its
 * path below the root, as bytes, modulo their count; the engine computes it while it walks.
 */

export interface Shard {
  /** From 0 on. */
  readonly index: number;
  readonly count: number;
}

/** No job needs more, and each is a journal. */
export const maxShards = 100_000;

export function isShard({ index, count }: Shard): boolean {
  return (
    Number.isInteger(count) &&
    count >= 1 &&
    count <= maxShards &&
    Number.isInteger(index) &&
    index >= 0 &&
    index < count
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with a shard; the message is for the person who gave it. */
export class ShardError extends Error {}

/**
 * `I/N`, with I from 0 on; either or both (`/64`, `3/`, `auto`) may be left out where the environment of a Slurm array or of a
 * Kubernetes Indexed Job says it. Throws ShardError.
 */
export function parseShard(text: string, environment: Environment = {}): Shard {
  const match = /^(\d{0,6})\/(\d{0,6})$/.exec(text === 'auto' ? '/' : text);
  if (match === null) throw new ShardError('expected I/N, such as 0/64, or /64 or auto within an array job');
  const [, given = '', of = ''] = match;
  const count = of === '' ? arrayCount(environment) : Number(of);
  const index = given === '' ? arrayIndex(environment) : Number(given);
  if (index === undefined) throw new ShardError(`'${text}' names no shard, and ${indexNames} are not set`);
  if (count === undefined) throw new ShardError(`'${text}' does not say how many shards there are`);
  if (!isShard({ index, count })) throw new ShardError(`there is no shard ${index} of ${count}: they count from 0`);
  return { index, count };
}

const indexNames = 'SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX';

/** The number of this task of an array job; undefined outside of one. Throws ShardError. */
export function arrayIndex(environment: Environment): number | undefined {
  const text = environment.SLURM_ARRAY_TASK_ID ?? environment.JOB_COMPLETION_INDEX;
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ShardError(`the number of this array task is '${text}'`);
  return Number(text);
}

/** A part of an array that is started anew has a smaller count, which would be another way to share: it is refused. */
function arrayCount({
  SLURM_ARRAY_TASK_COUNT: count,
  SLURM_ARRAY_TASK_MIN: first = '0',
  SLURM_ARRAY_TASK_MAX: last,
}: Environment): number | undefined {
  if (count === undefined || count === '') return undefined;
  const isWhole = first === '0' && (last === undefined || Number(last) === Number(count) - 1);
  if (!isWhole)
    throw new ShardError('the array does not count from 0 without gaps: say how many shards there are (/N)');
  return Number(count);
}
