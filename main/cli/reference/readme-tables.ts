/** The option tables of README.md, between two markers. */
import type { CommandModel, OptionModel } from './model.ts';

const start = '<!-- options: written by npm run reference -->';
const end = '<!-- end of options -->';

/** `markdown` with what stands between the markers made anew. Throws when a marker is missing. */
export function withOptionTables(markdown: string, commands: readonly CommandModel[]): string {
  const from = markdown.indexOf(start);
  const to = markdown.indexOf(end);
  if (from === -1 || to < from) throw new Error('README.md has no markers for the tables of options');
  return `${markdown.slice(0, from + start.length)}\n${optionTables(commands)}\n${markdown.slice(to)}`;
}

/** The default command's options at once, those of the others folded away. */
function optionTables(commands: readonly CommandModel[]): string {
  const withOptions = commands.filter(({ name, options }) => name !== '' && shown(options).length > 0);
  const [first, ...others] = withOptions;
  return [
    table(first!),
    '<details>\n<summary>Options of the other commands</summary>\n',
    ...others.map((command) => table(command)),
    '</details>',
  ].join('\n');
}

const shown = (options: readonly OptionModel[]): readonly OptionModel[] =>
  options.filter(({ long }) => long !== '--help');

function table({ name, options }: CommandModel): string {
  const rows = shown(options).map((option) => `| ${flags(option)} | ${cell(sentence(option))} |`);
  return [`| option of \`${name}\` | |`, '| --- | --- |', ...rows, ''].join('\n');
}

function flags({ short, long, value }: OptionModel): string {
  const names = [short, long].filter((name) => name !== undefined).map((name) => `\`${name}\``);
  if (value !== undefined) names[names.length - 1] = `\`${long ?? short} ${value}\``;
  return names.join(', ');
}

/** The description with choices and default. */
export function sentence({ description, choices, default: value }: OptionModel): string {
  const facts = [
    ...(choices.length > 0 ? [`one of ${choices.join(', ')}`] : []),
    ...(value === undefined ? [] : [`default: ${value}`]),
  ];
  return facts.length > 0 ? `${description} (${facts.join('; ')})` : description;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
