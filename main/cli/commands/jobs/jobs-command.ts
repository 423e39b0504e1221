import { type Command, Option } from 'commander';
import { formatNames } from '#shared/formats/registry.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { fileName, wholeNumber } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { ExportOptions, LabelOptions, ListOptions } from './actions.ts';

const notes = `
The jobs are those of 'hashlane serve'; JOB is an id as 'list' prints it. 'export' also takes a journal of
'hashlane hash --journal'.

Exit status: 0 done; 1 there is no such job, or it could not be read or deleted; 2 wrong usage.
`;

/** Loaded when it is needed: what it needs of Node takes longer to load than the rest of the command. */
const actions = () => import('./actions.ts');

export function addJobsCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const jobs = program
    .command('jobs')
    .summary('the history: jobs that were done or interrupted')
    .description('Lists, shows, exports, names and deletes jobs of the history.')
    .addHelpText('after', notes);

  jobs
    .command('list')
    .description('Lists jobs, the newest first.')
    .option('--unfinished', 'only those that can go on')
    .option('--limit <n>', 'print at most N', wholeNumber(1, 10_000_000))
    .option('--json', 'one JSON object a line')
    .action(async (options: ListOptions) => exit(await (await actions()).list(options, world)));

  jobs
    .command('show')
    .description('Shows what is known of a job without reading its results.')
    .argument('<job>', 'an id')
    .option('--json', 'as JSON')
    .action(async (job: string, options: { json?: true }) => exit(await (await actions()).show(job, options, world)));

  jobs
    .command('export')
    .description('Prints the results of a job, in walk order.')
    .argument('<job>', 'an id, or a journal')
    .addOption(new Option('--format <format>', 'how the results are written').choices(formatNames).default('gnu'))
    .option('-o, --output <file>', 'write the results to FILE: all of them or none', fileName)
    .option('--force', 'replace FILE even where it is write-protected')
    .action(async (job: string, options: ExportOptions) =>
      exit(await (await actions()).exportJob(job, options, world)),
    );

  jobs
    .command('label')
    .description('Gives a job a name, or keeps it from the limits of the history.')
    .argument('<job>', 'an id')
    .option('--name <name>', "what to call it; '' for no name")
    .option('--keep', 'no limit deletes it')
    .option('--no-keep', 'the limits hold for it')
    .action(async (job: string, options: LabelOptions) => exit(await (await actions()).label(job, options, world)));

  jobs
    .command('delete')
    .description('Deletes jobs with their results. What is running stays.')
    .argument('<job...>', 'ids')
    .action(async (given: readonly string[]) => exit(await (await actions()).remove(given, world)));
}
