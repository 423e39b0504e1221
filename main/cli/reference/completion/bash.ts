/** Completion for bash. Nothing of the bash-completion package is needed. */
import type { CommandModel } from '../model.ts';
import { argumentWords, childrenOf, defaultCommand, namesOf, type Offer, offerOf } from './values.ts';

export function bashCompletion(commands: readonly CommandModel[]): string {
  const named = commands.filter(({ name }) => name !== '');
  return `# Completion of hashlane for bash: hashlane completion bash > ~/.local/share/bash-completion/completions/hashlane
_hashlane_words() {
  COMPREPLY=( $(compgen -W "$1" -- "$cur") )
}

_hashlane_list() {
  local given=
  [[ $cur == *,* ]] && given="\${cur%,*},"
  COMPREPLY=( $(compgen -P "$given" -W "$1" -- "\${cur##*,}") )
  compopt -o nospace 2>/dev/null
}

_hashlane_nothing() {
  COMPREPLY=()
  compopt +o default +o bashdefault 2>/dev/null
}

_hashlane_paths() {
  local line
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$cur")
}

_hashlane() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=${defaultCommand}
  # --format=gnu arrives as three words.
  [[ $cur == = ]] && cur=
  [[ $prev == = ]] && prev=\${COMP_WORDS[COMP_CWORD-2]}
  COMPREPLY=()
  if (( COMP_CWORD > 1 )); then
    case \${COMP_WORDS[1]} in
      ${namesPattern(commands, '')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  if (( COMP_CWORD > 2 )); then
    case "$command \${COMP_WORDS[2]}" in
      ${named
        .filter(({ name }) => name.includes(' '))
        .map(({ name }) => `'${name}'`)
        .join('|')}) command="$command \${COMP_WORDS[2]}" ;;
    esac
  fi
  case "$command $prev" in
${named.flatMap(valueCases).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${named.map(({ name, options }) => `      '${name}') _hashlane_words '${options.flatMap(namesOf).join(' ')}' ;;`).join('\n')}
    esac
    return
  fi
  if (( COMP_CWORD == 1 )); then
    _hashlane_paths -f
    COMPREPLY+=( $(compgen -W '${childrenOf(commands, '')
      .map(({ name }) => name)
      .join(' ')}' -- "$cur") )
    return
  fi
  case $command in
${named
  .map((command) => ({
    name: command.name,
    words: [...childrenOf(commands, command.name).map(({ name }) => name), ...argumentWords(command)],
  }))
  .filter(({ words }) => words.length > 0)
  .map(({ name, words }) => `    '${name}') _hashlane_words '${words.join(' ')}' ;;`)
  .join('\n')}
    *) _hashlane_paths -f ;;
  esac
}

complete -o bashdefault -o default -F _hashlane hashlane
`;
}

const namesPattern = (commands: readonly CommandModel[], below: string): string =>
  childrenOf(commands, below)
    .map(({ name }) => name)
    .join('|');

function valueCases({ name, options }: CommandModel): string[] {
  return options.flatMap((option) => {
    const offer = offerOf(option);
    if (offer === undefined) return [];
    const pattern = namesOf(option)
      .map((flag) => `'${name} ${flag}'`)
      .join('|');
    return [`    ${pattern}) ${call(offer)}; return ;;`];
  });
}

function call(offer: Offer): string {
  switch (offer.kind) {
    case 'words':
      return `_hashlane_words '${offer.words.join(' ')}'`;
    case 'list':
      return `_hashlane_list '${offer.words.join(' ')}'`;
    case 'files':
      return '_hashlane_paths -f';
    case 'folders':
      return '_hashlane_paths -d';
    case 'nothing':
      return '_hashlane_nothing';
  }
}
