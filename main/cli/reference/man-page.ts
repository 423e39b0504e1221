/** The man page of the command, as roff with the macros of man(7). */
import type { CommandModel, OptionModel } from './model.ts';
import { sentence } from './readme-tables.ts';

export function manPage(commands: readonly CommandModel[]): string {
  const [program, ...others] = commands;
  return `${[
    '.\\" Written by npm run reference. Do not edit.',
    '.TH HASHLANE 1 "" "Hashlane" "User Commands"',
    '.SH NAME',
    `hashlane \\- ${roff(lowerFirst(program!.description.replace(/\.$/, '')))}`,
    '.SH SYNOPSIS',
    ...others.flatMap(({ name, usage }) => ['.br', `.B hashlane ${roff(name)}`, roff(usage)]),
    '.SH DESCRIPTION',
    ...prose(program!.notes),
    ...options(program!.options),
    '.SH COMMANDS',
    ...others.flatMap(describe),
  ].join('\n')}\n`;
}

function describe({ name, description, options: all, notes }: CommandModel): string[] {
  return [`.SS hashlane ${roff(name)}`, roff(description), ...options(all), ...prose(notes)];
}

function options(all: readonly OptionModel[]): string[] {
  return all.flatMap((option) => {
    const names = [option.short, option.long].filter((name) => name !== undefined);
    const value = option.value === undefined ? '' : ` \\fI${roff(option.value)}\\fR`;
    return ['.TP', `${names.map((name) => `\\fB${roff(name)}\\fR`).join(', ')}${value}`, roff(sentence(option))];
  });
}

/** Paragraphs are filled by the reader's program; indented lines are kept as they are. */
function prose(text: string): string[] {
  const lines: string[] = [];
  let isExample = false;
  const setExample = (wanted: boolean): void => {
    if (wanted !== isExample) lines.push(wanted ? '.nf' : '.fi');
    isExample = wanted;
  };
  for (const line of text.split('\n')) {
    setExample(/^\s/.test(line));
    lines.push(line === '' ? '.PP' : roff(line));
  }
  setExample(false);
  return lines[0] === '' ? [] : ['.PP', ...lines];
}

/** A dash that is typed is not a hyphen, and no line of text may be a request. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/gm, '\\&$&');
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
