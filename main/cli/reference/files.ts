/** The files of the checkout that repeat the table of options. */
import { createProgram } from '../program.ts';
import type { World } from '../world.ts';
import { manPage } from './man-page.ts';
import { type CommandModel, describeCommands } from './model.ts';
import { withOptionTables } from './readme-tables.ts';

/** The commands as they are, described without running any. */
export function allCommands(): readonly CommandModel[] {
  const ignore = (): void => undefined;
  // Only actions look at the world.
  return describeCommands(createProgram({} as World, { out: ignore, problem: ignore }, ignore));
}

/** Each file with the text it should have. `read` gives the text it has. */
export function referenceFiles(read: (file: string) => string): readonly { file: string; text: string }[] {
  const commands = allCommands();
  return [
    { file: 'README.md', text: withOptionTables(read('README.md'), commands) },
    { file: 'packaging/man/hashlane.1', text: manPage(commands) },
  ];
}
