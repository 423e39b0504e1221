import { type Command, Option } from 'commander';
import { algorithmsOf, type TemplatePart } from '#shared/exports/template/parse.ts';
import { formatNames, formats } from '#shared/formats/registry.ts';
import { maxWorkers } from '#shared/stats/layout.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { addColorOption } from '../color.ts';
import type { ExitStatus } from '../exit-status.ts';
import { addFilterOptions, type FilterOptions, walkFilters } from '../hash/filter-options.ts';
import { hash } from '../hash/hash.ts';
import type { HashOptions } from '../hash/options.ts';
import { addReadingOptions } from '../hash/reading-options.ts';
import { algorithmList, collect, fileName, lineTemplate, memorySize, wholeNumber } from '../option-values.ts';
import type { World } from '../world.ts';

const notes = `
A PATH is a file or a folder, which is walked; '-' is standard input. A pipe that is named is read
like standard input; the results of such streams come first. A name that begins with a dash is given
as ./-name, or after --. Names in the results begin as the PATH did.

Patterns know * (any characters but /), ** (any), ? (one character), [a-z], [!a-z], [[:digit:]] and
{jpg,png}; \\ takes the next character as it is. Without / a pattern is held against the last segment of
a path, else against the path below PATH; one that ends with / is for folders: --exclude leaves them
out, --include takes all that is below them. Where several options choose files, a file must suit all.
Patterns apply to files that are named, too, also in lists; folders that are named are walked whatever
their name is.

A template names {path}, {name}, {folder}, {size}, {modified} and algorithms, such as {sha256},
{md5:upper}, {sha1:base64} or {sha256:base32}; \\n, \\t, \\0, \\{ and \\\\ are what they are elsewhere. Each file has
a line of its own.

Symbolic links met in a folder are skipped unless --follow-symlinks is given; pipes, sockets and
devices met there are always skipped. What was skipped or could not be hashed is said on standard
error.

Exit status: 0 all well; 1 something was missing, unreadable, or changed while it was read, a PATH gave
no digest, or an output could not be written; 2 wrong usage. An interruption by SIGINT, SIGTERM or
SIGHUP ends the command by that signal, which shells show as 130, 143 or 129. What is skipped within
folders is no failure.

Examples:
  hashlane disk.iso                             SHA-256 of a file
  hashlane -a md5,sha1 --format bsd photos      two digests of each file below photos
  hashlane -o SHA256SUMS .                      a checksum file, for sha256sum --check
  hashlane --template '{md5}\\t{size}\\t{path}' .
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
    .addOption(
      new Option('--template <text>', "lines of one's own instead of a format, such as '{sha256}  {path}'")
        .argParser<readonly TemplatePart[]>(lineTemplate)
        .conflicts('format'),
    )
    .option('-z, --zero', 'lines of gnu, bsd and templates end with NUL, and names in them are not escaped')
    .option('--upper', 'digests of gnu and bsd in upper case')
    .option('--base64', 'digests of gnu and bsd in base64')
    .option(
      '-o, --output <file>',
      'write the results to FILE: all of them or, if they cannot all be written, none',
      fileName,
    )
    .option(
      '--base <dir>',
      "names in the results are relative to DIR (default: FILE's folder where FILE lies in a PATH, else as PATHs are given)",
      fileName,
    )
    .option('--force', 'replace FILE even where it is write-protected')
    .option('--errors <file>', 'write what failed or was skipped to FILE instead of standard error', fileName)
    .option(
      '--files-from <list>',
      "read paths from the file LIST, or from standard input for '-'; one a line; may be given several times",
      collect,
    )
    .option('-0, --null', 'the paths of --files-from end with NUL instead')
    .option('--device', 'read block devices that are named');
  addColorOption(addReadingOptions(addFilterOptions(command)))
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
      '--io-timeout <seconds>',
      'how long to wait for a device that does not answer (default: 120)',
      wholeNumber(1, 86_400),
    )
    .option(
      '--journal <file>',
      "keep what is done in FILE, so that an interrupted run goes on: called again, or by 'hashlane resume'",
      fileName,
    )
    .option('--shard <i/n>', "hash share I of N of PATH, from 0 on; 'auto' or /N in a task of an array", fileName)
    .option('--plan <list>', "hash a part that 'hashlane plan' made: its list, or DIR in a task of an array", fileName)
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
    .option('-q, --quiet', 'say nothing of what is skipped, and nothing at the end')
    .option('-v, --verbose', 'say at the end what was done, also where standard error is no terminal')
    .addHelpText('after', notes)
    .action(
      async (paths: readonly string[], given: Partial<HashOptions> & Pick<HashOptions, 'format'> & FilterOptions) => {
        const named = given.template === undefined ? [] : algorithmsOf(given.template);
        const algorithm = named.length > 0 ? named : (formats[given.format].usual ?? ['sha256']);
        const options = { algorithm, ...given, ...(await walkFilters(given)) } as HashOptions;
        const isShare = options.plan !== undefined || options.shard !== undefined;
        // What it needs of Node takes longer to load than all the rest of the command.
        const run = isShare ? (await import('../hash/hash-share.ts')).hashShare : hash;
        exit(await run(paths, options, world));
      },
    );
}
