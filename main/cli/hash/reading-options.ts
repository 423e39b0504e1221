/** The options of how files are read: how fast, from where, and how urgently. For every command that hashes files. */
import { type Command, InvalidArgumentError } from 'commander';
import { byteCount } from '../option-values.ts';

function rate(text: string): number {
  const value = byteCount(text);
  if (value < 1) throw new InvalidArgumentError('The minimum is 1 byte a second.');
  return value;
}

export function addReadingOptions(command: Command): Command {
  return addPaceOptions(
    command.option(
      '--medium',
      'read files from the medium they are stored on, even where the system has them in memory',
    ),
  ).option('--fetch', 'fetch files whose content lies in a cloud; without it they are skipped');
}

/** Those of them that say how urgently files are read. */
export function addPaceOptions(command: Command): Command {
  return command
    .option('--limit-rate <size>', 'read at most SIZE a second, such as 20M, all threads together', rate)
    .option('--idle', 'let other programs read first, where the system can');
}
