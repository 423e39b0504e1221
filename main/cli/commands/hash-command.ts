import { type Command, Option } from 'commander';
import { formatNames, formats } from '#shared/formats/registry.ts';
import { maxWorkers } from '#shared/stats/layout.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ExitStatus } from '../exit-status.ts';
import { addFilterOptions, type FilterOptions, walkFilters } from '../hash/filter-options.ts';
import { hash } from '../hash/hash.ts';
import type { HashOptions } from '../hash/options.ts';
import { algorithmList, fileName, memorySize, wholeNumber } from '../option-values.ts';
import type { World } from '../world.ts';

const notes = `
A PATH may be a file or a folder, which is walked; '-' is standard input, whose result
comes first. A name that begins with a
dash is given as ./-name, or after --. Names in the results begin as the PATH did.

Patterns know * (any characters but /), ** (any), ? (one character), [a-z], [!a-z], [[:digit:]] and
{jpg,png}; \\ takes the next character as it is. Without / a pattern is held against the last segment of
a path, else against the path below PATH; one that ends with / is for folders: --exclude leaves them
out, --include takes all that is below them. Where several options choose files, a file must suit all.

Symbolic links met in a folder are skipped unless --follow-symlinks is given; pipes, sockets and
devices are always skipped. What was skipped or could not be hashed is told on standard error.

Exit status: 0 all well; 1 something was missing, unreadable, or changed while it was read, or the
output could not be written; 2 wrong usage; 130 interrupted. Skipped files do not count as failures.

Examples:
  hashlane disk.iso                             SHA-256 of a file
  hashlane -a md5,sha1 --format bsd photos      two digests of each file below photos
  hashlane -o SHA256SUMS .                      a checksum file, for sha256sum --check
  hashlane --exclude '*.{tmp,bak}' src          leaves out some files
  hashlane --newer-than 7d photos               what was modified in the last week
  find . -newer mark -print0 | hashlane --files-from - --null --format jsonl
`;

export function addHashCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const command = program
    .command('hash')
    .summary('hash files and folders (the default command)')
    .description("Hashes files, and all files below folders. 'hashlane PATH...' is short for it.")
    .usage('[options] PATH...')
    .argument('[paths...]', 'files, folders, or - for standard input')
    .addOption(
      new Option(
        '-a, --algorithm <list>',
        "comma separated names; 'all' for every one (default: sha256; for links what their programs look for)",
      ).argParser<readonly AlgorithmName[]>(algorithmList),
    )
    .addOption(new Option('--format <format>', 'how the results are written').choices(formatNames).default('gnu'))
    .option(
      '-o, --output <file>',
      'write the results to FILE: all of them or, if they cannot all be written, none',
      fileName,
    )
    .option('--force', 'replace FILE even where it is write-protected')
    .option('--files-from <list>', "read paths from the file LIST, or from standard input for '-'; one a line")
    .option('-0, --null', 'the paths of --files-from end with NUL instead');
  addFilterOptions(command)
    .addOption(new Option('--hidden', 'also files and folders whose name begins with a dot').default(true, 'yes'))
    .option('--no-hidden', 'leave them out')
    .option('--follow-symlinks', 'follow symbolic links met in folders')
    .option('--one-file-system', 'stay on the file system that PATH is on')
    .addOption(
      new Option('--order <order>', 'walk: depth first, names in byte order; completion: as they are done')
        .choices(['walk', 'completion'])
        .default('walk'),
    )
    .option('--threads <n>', 'worker threads (default: one per core)', wholeNumber(1, maxWorkers))
    .option('--memory-limit <size>', 'ceiling of the buffers, such as 64M or 1GiB (default: 256M)', memorySize)
    .option(
      '--give-up-after <seconds>',
      'how long to wait for a device that does not answer (default: 120)',
      wholeNumber(1, 86_400),
    )
    .option(
      '--summary-json <file>',
      "write totals as JSON to FILE; '-' for standard output, after the results",
      fileName,
    )
    .addOption(
      new Option('--progress <when>', 'a progress line on standard error; auto: if it is a terminal')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .addHelpText('after', notes)
    .action(
      async (paths: readonly string[], given: Partial<HashOptions> & Pick<HashOptions, 'format'> & FilterOptions) => {
        const algorithm = formats[given.format].usual ?? ['sha256'];
        exit(await hash(paths, { algorithm, ...given, ...(await walkFilters(given)) } as HashOptions, world));
      },
    );
}
