/**
 * The paths and flags of a command line. Electron's own parser is not used: it lower-cases flags.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ArgumentOptions {
  /** What relative paths are relative to. */
  readonly cwd: string;
  /** In a checkout the first plain argument names the app's folder; an installed app has none. */
  readonly hasAppArgument: boolean;
}

/**
 * Absolute paths of what was named to be hashed. Flags are Chromium's, Electron's or ours and are
 * skipped; after `--` everything is a path.
 * @param argv whole, with the program first
 */
export function pathsOfArguments(argv: readonly string[], { cwd, hasAppArgument }: ArgumentOptions): string[] {
  const end = argv.indexOf('--');
  const before = argv.slice(1, end < 0 ? undefined : end).filter((argument) => !argument.startsWith('-'));
  const plain = hasAppArgument ? before.slice(1) : before;
  const after = end < 0 ? [] : argv.slice(end + 1);
  return [...plain, ...after].map((argument) => pathOfArgument(argument, cwd));
}

/** Desktops give files as `file:` URLs where a program's entry says %U. */
function pathOfArgument(argument: string, cwd: string): string {
  if (argument.startsWith('file:///')) {
    try {
      return fileURLToPath(argument);
    } catch {
      // Not a URL after all: a path may be called so.
    }
  }
  return path.resolve(cwd, argument);
}

/** The value of `--name=value`, or undefined. What stands after `--` is a path, however it begins. */
export function flagValue(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return flagsOf(argv)
    .find((argument) => argument.startsWith(prefix))
    ?.slice(prefix.length);
}

/** Whether `--name` is among the flags; behind `--` it is a path. */
export const hasFlag = (argv: readonly string[], name: string): boolean => flagsOf(argv).includes(`--${name}`);

function flagsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

/**
 * False for a run with a profile of its own, which a script or a test drives: nobody is there to
 * answer a question.
 */
export const isAttended = (argv: readonly string[]): boolean => flagValue(argv, 'user-data-dir') === undefined;
