import { type Command, Option } from 'commander';
import { formatNames } from '#shared/formats/registry.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { fileName } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { MergeCommandOptions } from './merge.ts';

const notes = `
The journals are those of 'hashlane hash --plan' or '--shard' with --journal: every part of one plan, each
once and sealed. A folder stands for all *.hlj in it. What is missing, doubled, unsealed or of another
plan is named, and nothing is written then. The result is byte for byte that of one 'hashlane hash' of
the whole folder; a digest of the whole data set is said on standard error.

Meanwhile a file as large as the journals lies beside FILE, or in the folder for temporary files.

--verify holds the whole against a manifest: names in it are those of the results, or are relative to
DIR (--root). Without -o nothing else is written then.

Exit status: 0 all well; 1 something could not be hashed, or is not as the manifest says, or the journals
cannot be put together; 2 wrong usage; 130 interrupted.

Examples:
  hashlane merge out/*.hlj -o SHA256SUMS
  hashlane merge --format jsonl out > files.jsonl
  hashlane merge --verify SHA256SUMS out
`;

export function addMergeCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('merge')
    .summary('put the parts of a shared job together')
    .description('Puts the journals of a job that several machines shared together, in the order of the walk.')
    .usage('[options] JOURNAL...')
    .argument('<journal...>', 'journals, and folders of journals')
    .addOption(new Option('--format <format>', 'how the results are written').choices(formatNames).default('gnu'))
    .option('-z, --zero', 'lines of gnu and bsd end with NUL, and names in them are not escaped')
    .option('--upper', 'digests of gnu and bsd in upper case')
    .option('--base64', 'digests of gnu and bsd in base64')
    .option('-o, --output <file>', 'write the results to FILE: all of them or none', fileName)
    .option('--force', 'replace FILE even where it is write-protected')
    .option('--verify <manifest>', 'hold the results against a manifest', fileName)
    .option('--root <dir>', 'the folder that names in the manifest are relative to', fileName)
    .addOption(
      new Option('--unlisted <policy>', 'files that the manifest does not list')
        .choices(['report', 'ignore', 'fail'])
        .default('report'),
    )
    .option('--summary-json <file>', "write totals as JSON to FILE; '-' for standard output", fileName)
    .option('-q, --quiet', 'say nothing of what was skipped')
    .addHelpText('after', notes)
    .action(async (journals: readonly string[], options: MergeCommandOptions) => {
      // What it needs of Node takes longer to load than all the rest of the command.
      const { merge } = await import('./merge.ts');
      exit(await merge(journals, options, world));
    });
}
