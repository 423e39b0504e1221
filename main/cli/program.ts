/** The commands and what they share. */
import { Command, Help } from 'commander';
import { makeVisible } from '#shared/text/visible.ts';
import { addAlgorithmsCommand } from './commands/algorithms-command.ts';
import { addBagCommand } from './commands/bag/bag-command.ts';
import { addBenchCommand } from './commands/bench-command.ts';
import { addCheckCommand } from './commands/check/check-command.ts';
import { addCompareCommand } from './commands/compare/compare-command.ts';
import { addCompletionCommand } from './commands/completion/completion-command.ts';
import { addDiagnosticsCommand } from './commands/diagnostics-command.ts';
import { addDuplicatesCommand } from './commands/duplicates/duplicates-command.ts';
import { addGuardCommand } from './commands/guard/guard-command.ts';
import { addHashCommand } from './commands/hash-command.ts';
import { addIdentifyCommand } from './commands/identify/identify-command.ts';
import { addJobsCommand } from './commands/jobs/jobs-command.ts';
import { addKeysCommand } from './commands/keys/keys-command.ts';
import { addMergeCommand } from './commands/merge/merge-command.ts';
import { addMhlCommand } from './commands/mhl/mhl-command.ts';
import { addOcflCommand } from './commands/ocfl/ocfl-command.ts';
import { addOpenCommand } from './commands/open/open-command.ts';
import { addPlanCommand } from './commands/plan/plan-command.ts';
import { addResumeCommand } from './commands/resume/resume-command.ts';
import { addServeCommand } from './commands/serve-command.ts';
import { addSignCommand } from './commands/sign/sign-command.ts';
import { addTorrentCommand } from './commands/torrent/torrent-command.ts';
import { addVerifyCommand } from './commands/verify/verify-command.ts';
import type { ExitStatus } from './exit-status.ts';
import { nearestName } from './nearest-name.ts';
import { defaultCommand } from './reference/completion/values.ts';
import { fillParagraphs } from './reference/paragraphs.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

const notes = `
'hashlane PATH...' is short for 'hashlane hash PATH...'; 'hashlane COMMAND --help' describes a command.
A file that is called like a command is given as ./NAME.

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
      writeOut: (help) => text.out(fillParagraphs(help, helpWidth(world))),
      getOutHelpWidth: () => helpWidth(world),
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
  addSignCommand(program, world, exit);
  addKeysCommand(program, world, exit);
  addBagCommand(program, world, exit);
  addMhlCommand(program, world, exit);
  addTorrentCommand(program, world, exit);
  addIdentifyCommand(program, world, exit);
  addOcflCommand(program, world, exit);
  addGuardCommand(program, world, exit);
  addPlanCommand(program, world, exit);
  addMergeCommand(program, world, exit);
  addJobsCommand(program, world, exit);
  addOpenCommand(program, world, exit);
  addServeCommand(program, world, exit);
  addAlgorithmsCommand(program, world, exit);
  addBenchCommand(program, world, exit);
  addDiagnosticsCommand(program, world, exit);
  addCompletionCommand(program, world, exit);
  // After the commands were added, which would take it over.
  return program.configureHelp({
    formatHelp: (command, help) => Help.prototype.formatHelp.call(help, command, help) + defaultOptions(command, help),
  });
}

/** What is wrong with `hashlane help NAME`; undefined when there is such a command. */
export function unknownHelpTopic(program: Command, argv: readonly string[]): string | undefined {
  const [first, topic] = argv;
  if (first !== 'help' || topic === undefined || topic.startsWith('-') || topic === 'help') return undefined;
  const names = program.commands.map((command) => command.name());
  if (names.includes(topic)) return undefined;
  const nearest = nearestName(topic, names);
  return `there is no command '${topic}'${nearest === undefined ? '' : `; did you mean '${nearest}'?`}`;
}

/** Wide lines are hard to read, and what goes into a pipe looks the same everywhere. */
function helpWidth({ output, messages }: World): number {
  return output.isTerminal ? Math.min(100, Math.max(40, messages.columns)) : 80;
}

/** The options of the command whose name may be left out, for the help of the program. */
function defaultOptions(program: Command, help: Help): string {
  const command = program.commands.find((child) => child.name() === defaultCommand)!;
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const width = Math.max(...options.map((option) => help.optionTerm(option).length));
  const items = options.map((option) =>
    help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help),
  );
  return `\nOptions of ${defaultCommand}:\n${items.join('\n')}\n`;
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
