import type { Command } from 'commander';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';

const notes = `
The window is the desktop app of the package hashlane, which is started, or brought to the front where it
runs. Where it is not installed, 'hashlane serve' opens the app in a browser.
`;

export function addOpenCommand(program: Command, _world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('open')
    .summary('open the window')
    .description('Opens the window. PATHs are ready to be hashed in it.')
    .usage('[PATH...]')
    .argument('[paths...]', 'files and folders')
    .addHelpText('after', notes)
    .action(async (paths: readonly string[]) => {
      // What starts programs takes longer to load than all the rest of the command.
      const { openWindow } = await import('./open.ts');
      await openWindow(paths);
      exit(0);
    });
}
