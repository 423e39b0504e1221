import { type Command, Option } from 'commander';
import { compareCsv, compareJson, compareRclone, compareText } from '#shared/compare/report.ts';
import { compareSides } from '../../../tasks/compare/compare.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { fileName } from '../../option-values.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import type { World } from '../../world.ts';
import { journalOrPath } from '../jobs/journal-or-path.ts';

const documents = { text: compareText, rclone: compareRclone, json: compareJson, csv: compareCsv };

interface CompareCommandOptions {
  readonly format: keyof typeof documents;
  readonly output?: string;
}

const notes = `
LEFT and RIGHT are each a folder, a checksum file, a finished job (its id, or a journal of 'hashlane hash
--journal'), or a listing by 'rclone lsjson --hash' or 'aws s3api list-objects-v2'. A folder is
read as far as needed: files that only one side has, or whose sizes differ, are not, unless they may
have been moved. Of lists and jobs no file is read: a job is compared as it was when it ran.

A file is same, changed, left-only, right-only, moved, unreadable, or not-comparable where both sides
have no digest in common: an equal size is no evidence. --format rclone writes a line a file with
= same, * changed, + only left, - only right, ! error.

Exit status: 0 both sides are the same; 1 they are not, or something could not be read; 2 wrong usage;
130 interrupted.

Examples:
  hashlane compare photos /media/backup/photos
  hashlane compare SHA256SUMS photos
  hashlane compare photos listing-of-the-cloud.json
`;

export function addCompareCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('compare')
    .summary('say how two folders or lists differ')
    .description('Compares two folders, checksum files, jobs or cloud listings, in any pairing.')
    .usage('[options] LEFT RIGHT')
    .argument('<left>', 'a folder, a checksum file, a job, or a cloud listing', fileName)
    .argument('<right>', 'what it is compared with', fileName)
    .addOption(
      new Option('--format <format>', 'how the report is written').choices(Object.keys(documents)).default('text'),
    )
    .option('-o, --output <file>', 'write the report to FILE, whole or not at all', fileName)
    .addHelpText('after', notes)
    .action(async (...[givenLeft, givenRight, { format, output: name }]: [string, string, CompareCommandOptions]) => {
      const [left, right] = [journalOrPath(givenLeft, world), journalOrPath(givenRight, world)];
      const output = await ReportOutput.open(name, world);
      try {
        const report = await runOnEngine(world, (steps) => compareSides({ left, right, own: output.own }, steps));
        await output.write(documents[format](report));
        exit(report.summary.verdict === 'same' ? exitStatus.ok : exitStatus.failed);
      } finally {
        await output.discard();
      }
    });
}
