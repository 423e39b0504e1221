/** What callers hand in, checked, so that C++ gets clean values. */
import { availableParallelism } from 'node:os';
import { isJobId } from '#shared/jobs/job-id.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import { walkFieldNames, walkFields, walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { isShard } from '#shared/shards/shard.ts';
import { maxWorkers } from '#shared/stats/layout.ts';
import { jobPriorities } from '#shared/stats/names.ts';
import { type AlgorithmName, findAlgorithm } from '#shared/tables/algorithms.ts';
import { EngineError, type EngineJobSpec, type EngineOptions } from './engine.ts';

const { minMemoryLimit } = engineLimits;

/** Throws an EngineError unless the condition holds. */
export function check(condition: boolean, code: string, message: string): asserts condition {
  if (!condition) throw new EngineError(code, message);
}

/** With defaults for what is not said. Throws EngineError BAD_THREADS, BAD_MEMORY_LIMIT. */
export function checkedOptions(options: EngineOptions): { threads: number; memoryLimit: number } {
  const threads = options.threads ?? Math.min(availableParallelism(), maxWorkers);
  const memoryLimit = options.memoryLimit ?? 256 << 20;
  check(
    Number.isInteger(threads) && threads >= 1 && threads <= maxWorkers,
    'BAD_THREADS',
    `Expected 1 to ${maxWorkers} threads and received ${threads}.`,
  );
  check(
    Number.isSafeInteger(memoryLimit) && memoryLimit >= minMemoryLimit,
    'BAD_MEMORY_LIMIT',
    `Expected a memory limit of at least ${minMemoryLimit >> 20} MiB and received ${memoryLimit} bytes.`,
  );
  const { giveUpAfterMs } = options;
  check(
    giveUpAfterMs === undefined ||
      (Number.isInteger(giveUpAfterMs) && giveUpAfterMs >= 1000 && giveUpAfterMs <= engineLimits.giveUpMs),
    'BAD_GIVE_UP_LIMIT',
    `Expected 1 second to a day, in whole milliseconds, and received ${giveUpAfterMs}.`,
  );
  return { threads, memoryLimit };
}

/** Throws EngineError NO_ALGORITHM, UNKNOWN_ALGORITHM. */
export function checkAlgorithms(names: readonly AlgorithmName[]): void {
  check(names.length > 0, 'NO_ALGORITHM', 'Choose at least one algorithm.');
  for (const name of names) {
    check(findAlgorithm(name) !== undefined, 'UNKNOWN_ALGORITHM', `There is no algorithm called ${name}.`);
  }
}

/** Throws EngineError EMPTY_PATH, BAD_PATH, INPUT_TOO_LARGE. */
export function checkPath(path: Uint8Array): void {
  check(path.length > 0, 'EMPTY_PATH', 'A path is empty.');
  check(
    path.length <= engineLimits.rootBytes,
    'INPUT_TOO_LARGE',
    `A path has at most ${engineLimits.rootBytes} bytes.`,
  );
  check(!path.includes(0), 'BAD_PATH', 'A path contains a NUL byte.');
}

/** Throws what the checks above throw, and EngineError EMPTY_PATTERN, BAD_FEEDS, BAD_SHARD. */
export function checkSpec(spec: EngineJobSpec): void {
  if (spec.listOnly !== true) checkAlgorithms(spec.algorithms);
  check(
    spec.shard === undefined || isShard(spec.shard),
    'BAD_SHARD',
    `There is no shard ${spec.shard?.index} of ${spec.shard?.count}.`,
  );
  check(
    spec.priority === undefined || jobPriorities.includes(spec.priority),
    'BAD_PRIORITY',
    `Expected ${jobPriorities.join(' or ')} as priority and received ${spec.priority}.`,
  );
  check(spec.roots.length <= engineLimits.roots, 'INPUT_TOO_LARGE', `A job takes at most ${engineLimits.roots} paths.`);
  let bytes = 0;
  for (const root of spec.roots) {
    checkPath(root);
    bytes += root.length;
  }
  check(
    bytes <= engineLimits.allRootBytes,
    'INPUT_TOO_LARGE',
    `The paths of a job have at most ${engineLimits.allRootBytes} bytes.`,
  );
  checkWalk(spec);
  check(spec.id === undefined || isJobId(spec.id), 'BAD_JOB_ID', `A job cannot have the id ${spec.id}.`);
  check(Number.isInteger(spec.feeds) && spec.feeds >= 0, 'BAD_FEEDS', `Expected a number of feeds, got ${spec.feeds}.`);
  check(spec.feeds <= engineLimits.feeds, 'INPUT_TOO_LARGE', `A job takes at most ${engineLimits.feeds} feeds.`);
}

/** Throws EngineError EMPTY_PATTERN, INPUT_TOO_LARGE, BAD_WALK_OPTION. */
function checkWalk(spec: EngineJobSpec): void {
  const walk = walkOptionsOf(spec);
  for (const name of walkFieldNames) {
    const value: unknown = walk[name];
    switch (walkFields[name].kind) {
      case 'flag':
        check(typeof value === 'boolean', 'BAD_WALK_OPTION', `${name} is not true or false.`);
        break;
      case 'count':
        check(
          value === null ||
            (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= engineLimits.maxDepth),
          'BAD_WALK_OPTION',
          `${name} is not a whole number from 0 to ${engineLimits.maxDepth}.`,
        );
        break;
      case 'amount':
        check(
          value === null || (Number.isSafeInteger(value) && (value as number) >= 0),
          'BAD_WALK_OPTION',
          `${name} is not a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
        );
        break;
      case 'rate':
        check(
          value === null || (Number.isSafeInteger(value) && (value as number) >= 1),
          'BAD_WALK_OPTION',
          `${name} is not a whole number from 1 to ${Number.MAX_SAFE_INTEGER}.`,
        );
        break;
      case 'patterns':
        checkPatterns(value as readonly string[]);
    }
  }
}

function checkPatterns(patterns: readonly string[]): void {
  const { patterns: most, patternLength } = engineLimits;
  check(patterns.length <= most, 'INPUT_TOO_LARGE', `A job takes at most ${most} patterns.`);
  for (const pattern of patterns) {
    check(pattern.length > 0, 'EMPTY_PATTERN', 'A pattern is empty.');
    check(pattern.length <= patternLength, 'INPUT_TOO_LARGE', `A pattern has at most ${patternLength} characters.`);
  }
}
