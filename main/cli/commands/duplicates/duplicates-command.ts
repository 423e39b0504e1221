import { type Command, Option } from 'commander';
import { duplicatesCsv, duplicatesJson, duplicatesText } from '#shared/duplicates/groups.ts';
import { nameBytes } from '../../../base/raw-names.ts';
import { findDuplicates } from '../../../tasks/duplicates/duplicates.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { byteCount, fileName } from '../../option-values.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import type { World } from '../../world.ts';

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

Exit status: 0 everything could be read, whether there are duplicates or not; 1 something could not; 2
wrong usage; 130 interrupted.

Examples:
  hashlane duplicates photos
  hashlane duplicates --min-size 1M --format json photos /media/old
`;

export function addDuplicatesCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('duplicates')
    .summary('find files that are there more than once')
    .description('Finds files with the same content, and says what could be freed.')
    .usage('[options] PATH...')
    .argument('<path...>', 'files and folders')
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
        const found = await runOnEngine(world, (steps) =>
          findDuplicates({ roots: paths.map(nameBytes), minSize }, steps),
        );
        await output.write(documents[format](found));
        exit(found.unreadable.length === 0 ? exitStatus.ok : exitStatus.failed);
      } finally {
        await output.discard();
      }
    });
}
