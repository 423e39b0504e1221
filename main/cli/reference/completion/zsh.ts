/** Completion for zsh, by its own `_arguments`. */
import type { CommandModel, OptionModel } from '../model.ts';
import { argumentWords, childrenOf, defaultCommand, namesOf, type Offer, offerOf } from './values.ts';

export function zshCompletion(commands: readonly CommandModel[]): string {
  const named = commands.filter(({ name }) => name !== '');
  return `#compdef hashlane
# Completion of hashlane for zsh: hashlane completion zsh > a folder of $fpath, as _hashlane
_hashlane_list() {
  _values -s , 'algorithm' "$@"
}

_hashlane() {
  local command=${defaultCommand}
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    local -a commands=(
${childrenOf(commands, '')
  .map(({ name, summary }) => `      ${quote(`${name}:${summary}`)}`)
  .join('\n')}
    )
    _describe -t commands command commands
    _files
    return
  fi
  if (( CURRENT > 2 )); then
    case $words[2] in
      (${childrenOf(commands, '')
        .map(({ name }) => name)
        .join('|')}) command=$words[2]; shift words; (( CURRENT-- )) ;;
    esac
  fi
  if (( CURRENT > 2 )); then
    case "$command $words[2]" in
      (${named
        .filter(({ name }) => name.includes(' '))
        .map(({ name }) => name.replace(' ', '\\ '))
        .join('|')}) command="$command $words[2]"; shift words; (( CURRENT-- )) ;;
    esac
  fi
  case $command in
${named.map((command) => clause(commands, command)).join('\n')}
  esac
}

if [[ $funcstack[1] == _hashlane ]]; then
  _hashlane "$@"
else
  compdef _hashlane hashlane
fi
`;
}

function clause(commands: readonly CommandModel[], command: CommandModel): string {
  const words = [...childrenOf(commands, command.name).map(({ name }) => name), ...argumentWords(command)];
  const last = words.length > 0 ? quote(`1:command:(${words.join(' ')})`) : `'*:path:_files'`;
  const specifications = [...command.options.map(specification), last];
  return `    (${command.name.replace(' ', '\\ ')})\n      _arguments -s -S \\\n        ${specifications.join(' \\\n        ')} ;;`;
}

function specification(option: OptionModel): string {
  const offer = offerOf(option);
  const text = option.description.replace(/[[\]:\\]/g, '\\$&');
  const value = offer === undefined ? '' : `:${(option.value ?? '').toLowerCase()}:${action(offer)}`;
  // An option may be given again, as several of them are meant to.
  return namesOf(option)
    .map((name) => quote(`*${name}${name.startsWith('--') && offer !== undefined ? '=' : ''}[${text}]${value}`))
    .join(' ');
}

function action(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `(${offer.words.join(' ')})`;
    case 'list':
      return `_hashlane_list ${offer.words.join(' ')}`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'nothing':
      return ' ';
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
