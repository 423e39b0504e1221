/** What `hashlane hash` can be asked to do, and which combinations make no sense. */
import type { ExportFormat } from '#shared/contract/models.ts';
import { algorithmsOf, type TemplatePart } from '#shared/exports/template/parse.ts';
import { templateWriter } from '#shared/exports/template/write.ts';
import type { FormatWriter, LineOptions } from '#shared/formats/format.ts';
import { formats } from '#shared/formats/registry.ts';
import type { WalkOptions } from '#shared/jobs/walk-options.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ColorOptions } from '../color.ts';
import { UsageError } from '../errors.ts';
import { standardStream } from '../input/streams.ts';

/** As the option parser gives them; paths and names in the form of `nameText`. */
export interface HashOptions extends Partial<WalkOptions>, ColorOptions {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly algorithm: readonly AlgorithmName[];
  readonly format: ExportFormat;
  readonly output?: string;
  /** Lines end with NUL, and names are not escaped. */
  readonly zero?: true;
  readonly upper?: true;
  readonly base64?: true;
  /** Lines of one's own, in place of a format. */
  readonly template?: readonly TemplatePart[];
  /** The folder that names in the results are relative to. */
  readonly base?: string;
  /** Replace an output that is write-protected. */
  readonly force?: true;
  readonly filesFrom?: readonly string[];
  /** Read block devices that are named. */
  readonly device?: true;
  /** Where lines about failures go instead of standard error. */
  readonly errors?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly null?: true;
  readonly order: 'walk' | 'completion';
  readonly threads?: number;
  readonly memoryLimit?: number;
  /** Seconds. */
  readonly ioTimeout?: number;
  readonly summaryJson?: string;
  /** File that results are written to before they are shown. */
  readonly journal?: string;
  /** A part of a plan: its list, or the plan's folder in a task of an array. */
  readonly plan?: string;
  /** See `parseShard`. */
  readonly shard?: string;
  readonly progress: 'auto' | 'always' | 'never';
}

/** Half of a surrogate pair: a byte that is not UTF-8. */
const notUtf8 = /\p{Cs}/u;

/** Throws UsageError, with words for the person who typed it. */
export function checkUsage(paths: readonly string[], options: HashOptions): void {
  if (options.null && options.filesFrom === undefined) {
    throw new UsageError('--null tells how the list of --files-from is separated; there is no list');
  }
  if (paths.length === 0 && options.filesFrom === undefined && options.plan === undefined) {
    throw new UsageError("nothing to hash: give a file or folder, --files-from LIST, or '-' for standard input");
  }
  const lists = options.filesFrom ?? [];
  if (lists.filter((list) => list === standardStream).length > 1) {
    throw new UsageError('standard input can be read as a list once');
  }
  if (paths.includes(standardStream) && lists.includes(standardStream)) {
    throw new UsageError("standard input cannot be both hashed ('-') and read as a list (--files-from -)");
  }
  if ([...options.include, ...options.exclude].some((pattern) => pattern === '' || notUtf8.test(pattern))) {
    throw new UsageError('a pattern is empty or not UTF-8');
  }
  const { needs } = formats[options.format];
  if (needs !== undefined && !options.algorithm.includes(needs)) {
    throw new UsageError(`the format ${options.format} is made of ${needs} digests: add ${needs} to --algorithm`);
  }
  checkLineOptions(options);
  checkTemplate(options);
  if (options.quiet && options.verbose) throw new UsageError('--quiet and --verbose exclude each other');
  // Other spellings of one file are told apart once all are opened.
  const files = [options.output, options.summaryJson, options.errors].filter((file) => file !== standardStream);
  const named = files.filter((file) => file !== undefined);
  if (new Set(named).size < named.length) throw new UsageError(oneFileForTwo);
}

export type WriterOptions = Pick<HashOptions, 'template' | 'format' | 'algorithm' | 'zero' | 'upper' | 'base64'>;

/** What writes the results. */
export function writerOf(options: WriterOptions): FormatWriter {
  const { template, format, algorithm, zero } = options;
  if (template !== undefined) return templateWriter(template, { zero: zero === true });
  return formats[format].create(algorithm, lineOptionsOf(options));
}

function checkTemplate({ template, algorithm, upper, base64 }: HashOptions): void {
  if (template === undefined) return;
  if (upper || base64) throw new UsageError('a template says itself how digests are written: {sha256:upper}');
  const missing = algorithmsOf(template).find((name) => !algorithm.includes(name));
  if (missing !== undefined) throw new UsageError(`the template names ${missing}: add it to --algorithm`);
}

function checkLineOptions({ format, zero, upper, base64, template }: HashOptions): void {
  if (template !== undefined) return;
  if (upper && base64) throw new UsageError('--upper and --base64 exclude each other');
  const given = zero ? '--zero' : upper ? '--upper' : base64 ? '--base64' : undefined;
  if (given !== undefined && !formats[format].takesLineOptions) {
    throw new UsageError(`${given} is for the formats gnu and bsd`);
  }
}

/** How lines are written. */
function lineOptionsOf({ zero, upper, base64 }: Pick<HashOptions, 'zero' | 'upper' | 'base64'>): LineOptions {
  const digits = upper ? 'upper' : base64 ? 'base64' : undefined;
  return { zero: zero === true, ...(digits === undefined ? {} : { digits }) };
}

export const oneFileForTwo = 'the results, the summary and the errors cannot go to the same file';
