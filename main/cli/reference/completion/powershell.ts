/** Completion for PowerShell, on Windows and elsewhere. */
import type { CommandModel } from '../model.ts';
import { argumentWords, childrenOf, defaultCommand, namesOf, type Offer, offerOf } from './values.ts';

export function powershellCompletion(commands: readonly CommandModel[]): string {
  const named = commands.filter(({ name }) => name !== '');
  return `# Completion of hashlane for PowerShell: hashlane completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName hashlane -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${named.map(({ name, options }) => `    ${quote(name)} = @(${options.flatMap((option) => namesOf(option).map((flag) => `@(${quote(flag)}, ${quote(option.description)})`)).join(', ')})`).join('\n')}
  }
  $values = @{
${named.flatMap(valuesOf).join('\n')}
  }
  $below = @{
${commands
  .map((command) => ({
    name: command.name,
    words: [...childrenOf(commands, command.name).map(({ name }) => name), ...argumentWords(command)],
  }))
  .filter(({ words }) => words.length > 0)
  .map(({ name, words }) => `    ${quote(name)} = @(${words.map(quote).join(', ')})`)
  .join('\n')}
  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = '${defaultCommand}'
  if ($words.Count -gt 1 -and $below[''] -contains $words[1]) { $command = $words[1] }
  if ($words.Count -gt 2 -and $options.ContainsKey("$command $($words[2])")) { $command = "$command $($words[2])" }
  $give = { param($text, $hint) [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $hint) }
  $key = "$command $($words[-1])"
  if ($values.ContainsKey($key)) {
    $prefix = $wordToComplete -replace '[^,]*$', ''
    $values[$key] | Where-Object { "$prefix$_" -like "$wordToComplete*" } | ForEach-Object { & $give "$prefix$_" $_ }
  } elseif ($wordToComplete -like '-*') {
    $options[$command] | Where-Object { $_[0] -clike "$wordToComplete*" } | ForEach-Object { & $give $_[0] $_[1] }
  } else {
    $parent = if ($words.Count -le 1) { '' } else { $command }
    $below[$parent] | Where-Object { $_ -and $_ -like "$wordToComplete*" } | ForEach-Object { & $give $_ $_ }
  }
}
`;
}

/** Files and folders are PowerShell's own to offer. */
function valuesOf({ name, options }: CommandModel): string[] {
  return options.flatMap((option) => {
    const words = wordsOf(offerOf(option));
    return words.length === 0
      ? []
      : namesOf(option).map((flag) => `    ${quote(`${name} ${flag}`)} = @(${words.map(quote).join(', ')})`);
  });
}

const wordsOf = (offer: Offer | undefined): readonly string[] =>
  offer !== undefined && 'words' in offer ? offer.words : [];

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
