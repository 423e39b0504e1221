/** The commands and what they share. */
import { Command } from 'commander';
import { makeVisible } from '#shared/text/visible.ts';
import { addAlgorithmsCommand } from './commands/algorithms-command.ts';
import { addBagCommand } from './commands/bag/bag-command.ts';
import { addBenchCommand } from './commands/bench-command.ts';
import { addCheckCommand } from './commands/check/check-command.ts';
import { addCompareCommand } from './commands/compare/compare-command.ts';
import { addDiagnosticsCommand } from './commands/diagnostics-command.ts';
import { addDuplicatesCommand } from './commands/duplicates/duplicates-command.ts';
import { addHashCommand } from './commands/hash-command.ts';
import { addJobsCommand } from './commands/jobs/jobs-command.ts';
import { addMhlCommand } from './commands/mhl/mhl-command.ts';
import { addOcflCommand } from './commands/ocfl/ocfl-command.ts';
import { addResumeCommand } from './commands/resume/resume-command.ts';
import { addServeCommand } from './commands/serve-command.ts';
import { addTorrentCommand } from './commands/torrent/torrent-command.ts';
import { addVerifyCommand } from './commands/verify/verify-command.ts';
import type { ExitStatus } from './exit-status.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

const notes = `
'hashlane PATH...' hashes at once; 'hashlane COMMAND --help' tells more about a command. A file that
is called like a command is given as ./NAME.

Examples:
  hashlane disk.iso
  hashlane -a blake3 -o sums.txt folder
  hashlane serve
`;

export interface ProgramText {
  /** Help and version, for standard output. */
  out(text: string): void;
  /** What is wrong with the command line, for standard error. */
  problem(text: string): void;
}

/** Throws CommanderError instead of ending the process. `exit` is called by the command that ran. */
export function createProgram(world: World, text: ProgramText, exit: (status: ExitStatus) => void): Command {
  const program = new Command('hashlane')
    .description('Hashes files and folders at the speed of the machine.')
    .version(`hashlane ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (help) => text.out(help),
      writeErr: (problem) => text.problem(problem),
      outputError: (problem, write) => write(`hashlane: ${oneLine(problem.replace(/^error: /, ''))}\n`),
    })
    .addHelpText('after', notes);
  addHashCommand(program, world, exit);
  addResumeCommand(program, world, exit);
  addVerifyCommand(program, world, exit);
  addCheckCommand(program, world, exit);
  addCompareCommand(program, world, exit);
  addDuplicatesCommand(program, world, exit);
  addBagCommand(program, world, exit);
  addMhlCommand(program, world, exit);
  addTorrentCommand(program, world, exit);
  addOcflCommand(program, world, exit);
  addJobsCommand(program, world, exit);
  addServeCommand(program, world, exit);
  addAlgorithmsCommand(program, world, exit);
  addBenchCommand(program, world, exit);
  addDiagnosticsCommand(program, world, exit);
  return program;
}

/** Whether the first argument is for the program itself; everything else is for `hash`. */
export function namesCommand(program: Command, first: string | undefined): boolean {
  if (first === undefined) return false;
  const own = ['help', '-h', '--help', '-V', '--version'];
  return own.includes(first) || program.commands.some((command) => command.name() === first);
}

function oneLine(problem: string): string {
  return makeVisible(problem.trim().replaceAll('\n', ' '));
}
