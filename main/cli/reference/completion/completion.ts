/** The completion script of each shell, made of the table of commands. */
import type { CommandModel } from '../model.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { powershellCompletion } from './powershell.ts';
import type { Shell } from './values.ts';
import { zshCompletion } from './zsh.ts';

export const completions: Readonly<Record<Shell, (commands: readonly CommandModel[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};
