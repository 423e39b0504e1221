import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { addColorOption } from '../../color.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { addPaceOptions } from '../../hash/reading-options.ts';
import { algorithmList, byteCount, fileName, wholeNumber } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { AddOptions, CheckCommandOptions, ScheduleOptions } from './actions.ts';

const notes = `
A check reads files and gives each a state: ok; damaged (other content, though the modification time is
the same); updated, older (other content, and another time); touched (the same content, another time);
new; gone; moved; unreadable. What is damaged stays so in every later check, until it is as it was or
'guard accept' names it. When the folder is offline, empty or on another disk than on record, it is
unavailable: nothing is compared, and nothing is marked gone.

Exit status: 0 all well; 1 something is damaged, gone, unreadable or unavailable; 2 wrong usage; 130
interrupted.

Examples:
  hashlane guard add ~/photos
  hashlane guard check --quiet                              all guarded folders, for cron
  hashlane guard check --percent 8 --older-than 10d ~/photos
  hashlane guard schedule --every week ~/photos
`;

/** Loaded when it is needed: what it needs of Node takes longer to load than the rest of the command. */
const actions = () => import('./actions.ts');

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `10d`, `2h`: milliseconds. */
function duration(text: string): number {
  const [, digits, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('Expected a time such as 90s, 30m, 2h, 10d or 4w.');
  return Number(digits) * unitMs[unit!]!;
}

function oneAlgorithm(text: string): AlgorithmName {
  const names = algorithmList(text);
  if (names.length !== 1) throw new InvalidArgumentError('Expected one algorithm.');
  return names[0]!;
}

export function addGuardCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const guard = program
    .command('guard')
    .summary('guard folders against bit rot')
    .description('Keeps folders on record, and tells rot from what somebody changed.')
    .addHelpText('after', notes);

  const report = (command: Command): Command =>
    addColorOption(
      command
        .option('-q, --quiet', 'print nothing when all is well, otherwise the failures and the verdict')
        .option('-v, --verbose', 'also list files that are ok')
        .addOption(
          new Option('--format <format>', 'how the report is written')
            .choices(['text', 'json', 'csv', 'html'])
            .default('text'),
        )
        .option('-o, --output <file>', 'write the report to FILE, whole or not at all', fileName),
    );

  report(
    guard
      .command('add')
      .description('Puts a folder on record: reads all files in it.')
      .argument('<folder>', 'the folder')
      .addOption(
        new Option('-a, --algorithm <name>', 'what is computed (default: sha256)').argParser<AlgorithmName>(
          oneAlgorithm,
        ),
      )
      .option('--from <job>', 'take what a finished job has found, by its id or its journal, and read nothing')
      .option('--at-root', 'keep the record in the folder .hashlane of FOLDER, so that its copies carry it'),
  ).action(async (folder: string, options: AddOptions) => exit(await (await actions()).add(folder, options, world)));

  addPaceOptions(
    report(
      guard
        .command('check')
        .description('Reads guarded folders, and says what became of their files.')
        .usage('[options] [FOLDER...]')
        .argument('[folder...]', 'folders on record (default: all)')
        .option('--percent <n>', 'read N percent of the bytes: those whose last check is oldest', wholeNumber(1, 100))
        .option('--older-than <age>', 'read only what was last checked longer ago, such as 10d', duration)
        .option('--max-time <time>', 'begin nothing new after this time, such as 2h', duration)
        .option('--max-bytes <size>', 'read at most SIZE, and at least one file', byteCount)
        .option('--no-medium', 'read from memory what the system has there, which proves nothing about the disk')
        .option('--new-disk', 'the folder was moved to another disk: check it all the same'),
    ),
  ).action(async (folders: readonly string[], options: CheckCommandOptions) =>
    exit(await (await actions()).check(folders, options, world)),
  );

  guard
    .command('status')
    .description('Lists guarded folders: files, damage, last check, coverage.')
    .argument('[folder...]', 'folders on record (default: all)')
    .option('--json', 'as JSON')
    .action(async (folders: readonly string[], options: { json?: true }) =>
      exit(await (await actions()).status(folders, options, world)),
    );

  guard
    .command('accept')
    .description('Takes files as they are now onto the record: the only way to end damage but a repair.')
    .argument('<path...>', 'files in guarded folders')
    .action(async (paths: readonly string[]) => exit(await (await actions()).accept(paths, world)));

  guard
    .command('remove')
    .description('Takes folders off record; the folders themselves stay as they are.')
    .argument('<folder...>', 'folders on record')
    .action(async (folders: readonly string[]) => exit(await (await actions()).remove(folders, world)));

  guard
    .command('schedule')
    .description('Writes units that check a folder regularly: a systemd timer, or a launchd agent on macOS.')
    .argument('<folder>', 'a folder on record')
    .addOption(new Option('--every <time>', 'how often').choices(['day', 'week', 'month']).default('week'))
    .addOption(
      new Option('--system <name>', 'systemd or launchd (default: that of this system)').choices([
        'systemd',
        'launchd',
      ]),
    )
    .option('--percent <n>', 'read N percent of the bytes each time', wholeNumber(1, 100))
    .option('-o, --output <dir>', 'write them to the folder DIR instead of printing them', fileName)
    .action(async (folder: string, options: ScheduleOptions) =>
      exit(await (await actions()).schedule(folder, options, world)),
    );
}
