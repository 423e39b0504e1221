/**
 * What the program notes for whoever looks into a problem: in a file, and on standard error. No line
 * names a file that was hashed, unless Hashlane was started with `--log-paths`.
 */
import type { LogFile } from './log-file.ts';
import { describeError } from './without-paths.ts';

export interface LogOptions {
  readonly file: Pick<LogFile, 'write'>;
  /** Also the names of files. */
  readonly namesPaths: boolean;
  /** Standard error; there is none in a window's program on Windows. */
  readonly echo?: (text: string) => void;
}

export class Log {
  readonly #options: LogOptions;

  constructor(options: LogOptions) {
    this.#options = options;
  }

  info(text: string): void {
    this.#options.file.write(`${new Date().toISOString()} info  ${text}`);
  }

  /** @param context what was going on, without names of files */
  error(context: string, error?: unknown): void {
    const told = error === undefined ? '' : `: ${describeError(error, this.#options)}`;
    this.#options.file.write(`${new Date().toISOString()} error ${context}${told}`);
    this.#options.echo?.(`${context}${told}`);
  }
}
