import { type Command, Option } from 'commander';
import { duplicatesCsv, duplicatesJson, duplicatesText } from '#shared/duplicates/groups.ts';
import { nameBytes } from '../../../base/raw-names.ts';
import { findDuplicates } from '../../../tasks/duplicates/duplicates.ts';
import { findDuplicatesInJob } from '../../../tasks/duplicates/duplicates-in-job.ts';
import { isJournal } from '../../../tasks/stored/finished-job.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { byteCount, fileName } from '../../option-values.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import type { World } from '../../world.ts';
import { journalOrPath } from '../jobs/journal-or-path.ts';

const documents = { text: duplicatesText, json: duplicatesJson, csv: duplicatesCsv };

interface DuplicatesCommandOptions {
  readonly minSize: number;
  readonly format: keyof typeof documents;
  readonly output?: string;
}

const notes = `
Files are told apart by size, then by their first and last 16 KiB, and only then as a whole, by BLAKE3.
Hard links of one file are one copy; a folder that is given twice, or lies in another one, is looked at
once. Symbolic links are not followed. Nothing is changed or deleted.

JOB is a finished job: its id, or a journal of 'hashlane hash --journal'. No file is read then: files whose
digests are equal were the same when the job ran.

Exit status: 0 everything could be read, whether there are duplicates or not; 1 something could not; 2
wrong usage; 130 interrupted.

Examples:
  hashlane duplicates photos
  hashlane duplicates --min-size 1M --format json photos /media/old
`;

/** Null where `given` is no job. */
async function journalOf(given: string, world: World): Promise<string | null> {
  const name = journalOrPath(given, world);
  return (await isJournal(name)) ? name : null;
}

export function addDuplicatesCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('duplicates')
    .summary('find files that are there more than once')
    .description('Finds files with the same content, and says what could be freed.')
    .usage('[options] PATH... | JOB')
    .argument('<path...>', 'files and folders, or one finished job')
    .option(
      '--min-size <size>',
      'leave out smaller files, such as 1M (default: 1, which leaves out empty ones)',
      byteCount,
      1,
    )
    .addOption(
      new Option('--format <format>', 'how the groups are written').choices(Object.keys(documents)).default('text'),
    )
    .option('-o, --output <file>', 'write the groups to FILE, whole or not at all', fileName)
    .addHelpText('after', notes)
    .action(async (paths: readonly string[], { minSize, format, output: name }: DuplicatesCommandOptions) => {
      const output = await ReportOutput.open(name, world);
      try {
        const journal = paths.length === 1 ? await journalOf(paths[0]!, world) : null;
        const found = await runOnEngine(world, (steps) =>
          journal === null
            ? findDuplicates({ roots: paths.map(nameBytes), minSize }, steps)
            : findDuplicatesInJob(journal, { minSize }, steps),
        );
        await output.write(documents[format](found));
        exit(found.unreadable.length === 0 ? exitStatus.ok : exitStatus.failed);
      } finally {
        await output.discard();
      }
    });
}
