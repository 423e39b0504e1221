/** What shells offer where a word is expected. */
import { algorithmNames } from '#shared/tables/algorithms.ts';
import type { CommandModel, OptionModel } from '../model.ts';

export type Offer =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Words separated by commas. */
  | { readonly kind: 'list'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'folders' | 'nothing' };

const files: ReadonlySet<string> = new Set(['FILE', 'LIST', 'JOURNAL', 'MANIFEST', 'KEYFILE', 'PATH']);
const folders: ReadonlySet<string> = new Set(['DIR', 'BAG', 'FOLDER']);

/** Undefined for a switch. */
export function offerOf({ long, value, choices }: OptionModel): Offer | undefined {
  if (value === undefined) return undefined;
  if (choices.length > 0) return { kind: 'words', words: choices };
  if (long === '--algorithm') return { kind: 'list', words: ['all', ...algorithmNames] };
  if (files.has(value)) return { kind: 'files' };
  return { kind: folders.has(value) ? 'folders' : 'nothing' };
}

/** `-a` and `--algorithm`. */
export function namesOf({ short, long }: OptionModel): readonly string[] {
  return [short, long].filter((name) => name !== undefined);
}

/** The names of the commands right below `name`, with their summaries. */
export function childrenOf(
  commands: readonly CommandModel[],
  name: string,
): readonly { readonly name: string; readonly summary: string }[] {
  const prefix = name === '' ? '' : `${name} `;
  return commands
    .filter((command) => command.name.startsWith(prefix) && command.name !== name)
    .map((command) => ({ name: command.name.slice(prefix.length), summary: command.summary }))
    .filter((command) => !command.name.includes(' '));
}

/** The words after a command whose argument is one of these. */
export function argumentWords({ name }: CommandModel): readonly string[] {
  return name === 'completion' ? shells : [];
}

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** The command whose name may be left out. */
export const defaultCommand = 'hash';
