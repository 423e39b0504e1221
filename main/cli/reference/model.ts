/** The commands and their options as plain values, taken from Commander's program: the one table of them. */
import type { EventEmitter } from 'node:events';
import type { Command, Option } from 'commander';

export interface OptionModel {
  /** With dashes; undefined where there is none. */
  readonly short: string | undefined;
  readonly long: string | undefined;
  /** The name of the value, in capitals: `FILE`; undefined for a switch. */
  readonly value: string | undefined;
  readonly choices: readonly string[];
  /** As text; undefined for none. */
  readonly default: string | undefined;
  readonly description: string;
}

export interface CommandModel {
  /** Without the program's name: `bag create`; '' for the program itself. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What follows the name: `[options] PATH...`. */
  readonly usage: string;
  readonly options: readonly OptionModel[];
  /** The notes below its help. */
  readonly notes: string;
}

/** The program itself, then every command, depth first, in the order of `--help`. */
export function describeCommands(program: Command): readonly CommandModel[] {
  const models: CommandModel[] = [];
  const visit = (command: Command, path: readonly string[]): void => {
    models.push(describeCommand(command, path.join(' ')));
    for (const child of command.createHelp().visibleCommands(command)) {
      // The command that Commander makes for `help` says the same as --help.
      if (child.name() !== 'help') visit(child, [...path, child.name()]);
    }
  };
  visit(program, []);
  return models;
}

function describeCommand(command: Command, name: string): CommandModel {
  const help = command.createHelp();
  return {
    name,
    summary: command.summary() || command.description(),
    description: command.description(),
    usage: command.usage(),
    options: help.visibleOptions(command).map(describeOption),
    notes: notesOf(command),
  };
}

function describeOption(option: Option): OptionModel {
  const value = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1];
  return {
    short: option.short,
    long: option.long,
    value: value?.toUpperCase(),
    choices: option.argChoices ?? [],
    default: defaultOf(option),
    description: option.description,
  };
}

function defaultOf({ defaultValue, defaultValueDescription, negate }: Option): string | undefined {
  if (negate) return undefined;
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return defaultValue === undefined || typeof defaultValue === 'boolean' ? undefined : String(defaultValue);
}

/** What `addHelpText('after')` adds. Commander keeps it as a listener; its types hide that it is an emitter. */
function notesOf(command: Command): string {
  let notes = '';
  const write = (text: string): void => {
    notes += text;
  };
  (command as unknown as EventEmitter).emit('afterHelp', { error: false, command, write });
  return notes.trim();
}
