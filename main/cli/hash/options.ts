/** What `hashlane hash` can be asked to do, and which combinations make no sense. */
import type { ExportFormat } from '#shared/contract/models.ts';
import { formats } from '#shared/formats/registry.ts';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { UsageError } from '../errors.ts';

/** As the option parser gives them; paths and names in the form of `nameText`. */
export interface HashOptions extends Partial<WalkOptions> {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly algorithm: readonly AlgorithmName[];
  readonly format: ExportFormat;
  readonly output?: string;
  /** Replace an output that is write-protected. */
  readonly force?: true;
  readonly filesFrom?: string;
  readonly null?: true;
  readonly order: 'walk' | 'completion';
  readonly threads?: number;
  readonly memoryLimit?: number;
  /** Seconds. */
  readonly giveUpAfter?: number;
  readonly summaryJson?: string;
  /** File that results are written to before they are shown. */
  readonly journal?: string;
  readonly progress: 'auto' | 'always' | 'never';
}

/** What stands for standard input among paths, and for standard output as an output. */
export const standardStream = '-';

/** Half of a surrogate pair: a byte that is not UTF-8. */
const notUtf8 = /\p{Cs}/u;

/** Throws UsageError, with words for the person who typed it. */
export function checkUsage(paths: readonly string[], options: HashOptions): void {
  if (options.null && options.filesFrom === undefined) {
    throw new UsageError('--null tells how the list of --files-from is separated; there is no list');
  }
  if (paths.length === 0 && options.filesFrom === undefined) {
    throw new UsageError("nothing to hash: give a file or folder, --files-from LIST, or '-' for standard input");
  }
  if (paths.includes('')) throw new UsageError('a path is empty');
  if (paths.includes(standardStream) && options.filesFrom === standardStream) {
    throw new UsageError("standard input cannot be both hashed ('-') and read as a list (--files-from -)");
  }
  if ([...options.include, ...options.exclude].some((pattern) => pattern === '' || notUtf8.test(pattern))) {
    throw new UsageError('a pattern is empty or not UTF-8');
  }
  const { needs } = formats[options.format];
  if (needs !== undefined && !options.algorithm.includes(needs)) {
    throw new UsageError(`the format ${options.format} is made of ${needs} digests: add ${needs} to --algorithm`);
  }
  // Other spellings of one file are told apart once both are opened.
  if (options.output !== undefined && options.output !== standardStream && options.output === options.summaryJson) {
    throw new UsageError(oneFileForTwo);
  }
}

export const oneFileForTwo = 'the results and the summary cannot go to the same file';
