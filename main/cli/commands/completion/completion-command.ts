import { Argument, type Command } from 'commander';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { completions } from '../../reference/completion/completion.ts';
import { type Shell, shells } from '../../reference/completion/values.ts';
import { describeCommands } from '../../reference/model.ts';
import type { World } from '../../world.ts';

const notes = `
Examples:
  hashlane completion bash > ~/.local/share/bash-completion/completions/hashlane
  hashlane completion zsh > "\${fpath[1]}/_hashlane"
  hashlane completion fish > ~/.config/fish/completions/hashlane.fish
  hashlane completion powershell >> $PROFILE
`;

export function addCompletionCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('completion')
    .summary('print completions for a shell')
    .description('Prints a script with which a shell completes commands, options and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', notes)
    .action(async (shell: Shell) => {
      await world.output.write(new TextEncoder().encode(completions[shell](describeCommands(program))));
      exit(exitStatus.ok);
    });
}
