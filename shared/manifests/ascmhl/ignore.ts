/** Ignore patterns, in gitignore's syntax. */
import { globMatches } from '../../text/glob.ts';

export const defaultIgnore: readonly string[] = ['.DS_Store', 'ascmhl', 'ascmhl/'];

interface Pattern {
  readonly glob: string;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  readonly anchored: boolean;
}

function compile(line: string): Pattern | null {
  // A space at the end counts only behind a backslash.
  let text = line.replace(/(?<!\\) +$/, '');
  if (text === '' || text.startsWith('#')) return null;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  const anchored = text.includes('/');
  return { glob: text.startsWith('/') ? text.slice(1) : text, negated, foldersOnly, anchored };
}

/** Whether a path is ignored; the last pattern that fits decides. What lies in an ignored folder is ignored. */
export class IgnoreFilter {
  readonly #patterns: readonly Pattern[];
  constructor(lines: readonly string[]) {
    this.#patterns = lines.map(compile).filter((pattern) => pattern !== null);
  }

  ignores(path: string, folder: boolean): boolean {
    const parts = path.split('/');
    return parts.some((_, at) => this.#own(parts.slice(0, at + 1).join('/'), at < parts.length - 1 || folder));
  }

  #own(path: string, folder: boolean): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    let ignored = false;
    for (const { glob, negated, foldersOnly, anchored } of this.#patterns)
      if ((folder || !foldersOnly) && globMatches(glob, anchored ? path : name)) ignored = !negated;
    return ignored;
  }
}
