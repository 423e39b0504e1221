/** The options of `hash` that choose files, and what they come to for the walk. */
import { type Command, InvalidArgumentError } from 'commander';
import { engineLimits } from '#shared/jobs/limits.ts';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import { ignoringCase } from '#shared/text/glob/ignore-case.ts';
import { patternProblem } from '#shared/text/glob/problem.ts';
import { byteCount, collect, fileName, wholeNumber } from '../option-values.ts';
import { pointInTime } from '../point-in-time.ts';
import { readIgnoreFile } from './ignore-file.ts';

/** As Commander gives them. */
export interface FilterOptions {
  readonly include?: readonly string[];
  readonly iinclude?: readonly string[];
  readonly exclude?: readonly string[];
  readonly iexclude?: readonly string[];
  readonly ignoreFile?: readonly string[];
  /** Milliseconds since 1970. */
  readonly newerThan?: number;
  readonly olderThan?: number;
}

/** Half of a surrogate pair: a byte that is not UTF-8. */
const notUtf8 = /\p{Cs}/u;
const maxDepth = engineLimits.maxDepth;

function pattern(text: string, before: readonly string[] = []): readonly string[] {
  const problem = notUtf8.test(text) ? 'it is not UTF-8' : patternProblem(text);
  if (problem !== undefined) throw new InvalidArgumentError(`The pattern is not valid: ${problem}.`);
  if (before.length >= engineLimits.patterns) {
    throw new InvalidArgumentError(`There are more than ${engineLimits.patterns} patterns.`);
  }
  return collect(text, before);
}

export function addFilterOptions(command: Command): Command {
  return command
    .option('--include <glob>', 'hash only files that match; may be given several times', pattern)
    .option(
      '--exclude <glob>',
      'leave out files and folders that match, also those that --include names; may be given several times',
      pattern,
    )
    .option('--iinclude <glob>', 'the same as --include, without regard to case', pattern)
    .option('--iexclude <glob>', 'the same as --exclude, without regard to case', pattern)
    .option(
      '--ignore-file <file>',
      'leave out what the lines of FILE, written like .gitignore, match below PATH; may be given several times',
      (text: string, before?: readonly string[]) => collect(fileName(text), before),
    )
    .option('--min-size <size>', 'leave out smaller files, such as 1, 64K or 1GB', byteCount)
    .option('--max-size <size>', 'leave out larger files', byteCount)
    .option(
      '--newer-than <time>',
      'only files modified after TIME: 2026-01-31, 2026-01-31T12:00 or 7d ago',
      pointInTime,
    )
    .option('--older-than <time>', 'only files modified before TIME', pointInTime)
    .option('--min-depth <n>', 'leave out files less than N folders below PATH', wholeNumber(0, maxDepth))
    .option('--max-depth <n>', 'go at most N folders below PATH; 0 for its own files only', wholeNumber(0, maxDepth));
}

/** Rejects with FailedAttempt when a file of patterns cannot be read, and with UsageError when it is not valid. */
export async function walkFilters(options: FilterOptions): Promise<Partial<WalkOptions>> {
  const { include = [], iinclude = [], exclude = [], iexclude = [], ignoreFile = [], newerThan, olderThan } = options;
  const lines = await Promise.all(ignoreFile.map(readIgnoreFile));
  return {
    include: [...include, ...iinclude.map(ignoringCase)],
    exclude: [...exclude, ...iexclude.map(ignoringCase)],
    ignore: lines.flat(),
    newerThanMs: newerThan ?? null,
    olderThanMs: olderThan ?? null,
  };
}
