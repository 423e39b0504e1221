import { type Command, Option } from 'commander';
import { formatNames } from '#shared/formats/registry.ts';
import { maxWorkers } from '#shared/stats/layout.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { fileName, memorySize, wholeNumber } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { ResumeOptions } from './resume.ts';

const notes = `
JOURNAL is a file of 'hashlane hash --journal', JOB the id of a job of the web host, as 'hashlane jobs
list' prints it. Files that were done are read again only if size, times or inode have changed; what
appeared meanwhile is hashed too. Every result of the job is printed once, in walk order, when all are
there. Of a job that has finished the results are printed and nothing is read.

A job over relative paths goes on in the folder in which it was started.

Exit status: as that of 'hashlane hash'.
`;

export function addResumeCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('resume')
    .summary('go on with a hash job that was interrupted')
    .description('Goes on with a hash job that was interrupted, and prints every result of it once.')
    .argument('<journal|job>', 'a journal, or the id of a job')
    .addOption(new Option('--format <format>', 'how the results are written').choices(formatNames).default('gnu'))
    .option('-o, --output <file>', 'write the results to FILE: all of them or none', fileName)
    .option('--force', 'replace FILE even where it is write-protected')
    .option('--threads <n>', 'worker threads (default: one per core)', wholeNumber(1, maxWorkers))
    .option('--memory-limit <size>', 'ceiling of the buffers, such as 64M or 1GiB (default: 256M)', memorySize)
    .option(
      '--io-timeout <seconds>',
      'how long to wait for a device that does not answer (default: 120)',
      wholeNumber(1, 86_400),
    )
    .option('--summary-json <file>', "write totals as JSON to FILE; '-' for standard output", fileName)
    .addOption(
      new Option('--progress <when>', 'a progress line on standard error; auto: if it is a terminal')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .addHelpText('after', notes)
    .action(async (given: string, options: ResumeOptions) => {
      // What it needs of Node takes longer to load than all the rest of the command.
      const { resume } = await import('./resume.ts');
      exit(await resume(given, options, world));
    });
}
