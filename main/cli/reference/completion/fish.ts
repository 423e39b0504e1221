/** Completion for fish. */
import type { CommandModel, OptionModel } from '../model.ts';
import { argumentWords, childrenOf, defaultCommand, type Offer, offerOf } from './values.ts';

export function fishCompletion(commands: readonly CommandModel[]): string {
  const named = commands.filter(({ name }) => name !== '');
  const words = (command: CommandModel): readonly { name: string; summary: string }[] => [
    ...childrenOf(commands, command.name),
    ...argumentWords(command).map((name) => ({ name, summary: 'a shell' })),
  ];
  return `# Completion of hashlane for fish: hashlane completion fish > ~/.config/fish/completions/hashlane.fish
function __hashlane_command
    set -l words (commandline -opc)
    set -l names ${childrenOf(commands, '')
      .map(({ name }) => name)
      .join(' ')}
    set -l pairs ${named
      .filter(({ name }) => name.includes(' '))
      .map(({ name }) => quote(name))
      .join(' ')}
    set -l command ${defaultCommand}
    if set -q words[2]; and contains -- $words[2] $names
        set command $words[2]
        if set -q words[3]; and contains -- "$command $words[3]" $pairs
            set command "$command $words[3]"
        end
    end
    test "$command" = "$argv[1]"
end

function __hashlane_list
    set -l given (string replace -r '[^,]*$' '' -- (commandline -ct))
    printf "$given%s\\n" $argv
end

function __hashlane_first
    test (count (commandline -opc)) -eq 1
end

${childrenOf(commands, '')
  .map(({ name, summary }) => `complete -c hashlane -n __hashlane_first -a ${name} -d ${quote(summary)}`)
  .join('\n')}
${named
  .flatMap((command) => [
    ...words(command).map(
      ({ name, summary }) =>
        `complete -c hashlane -n ${quote(`__hashlane_command ${quote(command.name)}`)} -f -a ${name} -d ${quote(summary)}`,
    ),
    ...command.options.map((option) => line(command.name, option)),
  ])
  .join('\n')}
`;
}

function line(command: string, option: OptionModel): string {
  const { short, long, description } = option;
  const offer = offerOf(option);
  return [
    `complete -c hashlane -n ${quote(`__hashlane_command ${quote(command)}`)}`,
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
    ...(offer === undefined ? [] : [value(offer)]),
    `-d ${quote(description)}`,
  ].join(' ');
}

function value(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `-x -a ${quote(offer.words.join(' '))}`;
    case 'list':
      return `-x -a ${quote(`(__hashlane_list ${offer.words.join(' ')})`)}`;
    case 'files':
      return '-r -F';
    case 'folders':
      return `-x -a '(__fish_complete_directories)'`;
    case 'nothing':
      return '-x';
  }
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
