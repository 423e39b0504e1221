/** Whether what is written is coloured, by the conventions of terminals. */
import { type Command, Option } from 'commander';
import { coloured, type Paint, plain } from '#shared/text/paint.ts';
import type { World } from './world.ts';

export const colorChoices = ['auto', 'always', 'never'] as const;

export interface ColorOptions {
  readonly color: (typeof colorChoices)[number];
}

export function addColorOption(command: Command): Command {
  return command.addOption(
    new Option('--color <when>', 'colours; auto: on a terminal, unless NO_COLOR is set')
      .choices([...colorChoices])
      .default('auto'),
  );
}

/** The option decides; else NO_COLOR (no-color.org), FORCE_COLOR, and then whether `sink` is a terminal with colours. */
export function paintFor(
  { color }: ColorOptions,
  sink: { readonly isTerminal?: boolean | undefined },
  { environment }: Pick<World, 'environment'>,
): Paint {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if (color !== 'auto') return color === 'always' ? coloured : plain;
  if (isSet('NO_COLOR')) return plain;
  if (isSet('FORCE_COLOR')) return environment.FORCE_COLOR === '0' ? plain : coloured;
  return sink.isTerminal === true && environment.TERM !== 'dumb' ? coloured : plain;
}
