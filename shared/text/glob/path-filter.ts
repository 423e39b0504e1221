/** What a walk leaves out, as the engine decides it (native/io/path_filter.h). */
import { expandBraces } from './braces.ts';
import { globMatches } from './match.ts';

export interface FilterOptions {
  readonly hidden: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Lines of a .gitignore file, in order, without comments. */
  readonly ignore?: readonly string[];
}

interface Pattern {
  readonly text: string;
  readonly wholePath: boolean;
  readonly foldersOnly: boolean;
}

function compile(pattern: string): Pattern {
  const foldersOnly = pattern.length > 1 && pattern.endsWith('/');
  const core = foldersOnly ? pattern.slice(0, -1) : pattern;
  return { text: core.replace(/^(\.\/)*\/?/, ''), wholePath: core.includes('/'), foldersOnly };
}

const compileAll = (patterns: readonly string[]): readonly Pattern[] =>
  patterns.flatMap((pattern) => (expandBraces(pattern) ?? [pattern]).map(compile));

/**
 * A pattern with a `/` (other than at its end) is held against the path below the root, one without against the last
 * segment alone; `./` at its begin is the root. A pattern that ends with `/` is for folders: `exclude` leaves them out,
 * `include` takes what is below them. In `ignore` the last line that fits decides, and `!` takes back.
 */
export class PathFilter {
  readonly #hidden: boolean;
  readonly #include: readonly Pattern[];
  readonly #exclude: readonly Pattern[];
  readonly #ignore: readonly (Pattern & { readonly negated: boolean })[];

  constructor({ hidden, include, exclude, ignore = [] }: FilterOptions) {
    this.#hidden = hidden;
    this.#include = compileAll(include);
    this.#exclude = compileAll(exclude);
    this.#ignore = ignore.map((line) => ({ ...compile(line.replace(/^!/, '')), negated: line.startsWith('!') }));
  }

  /** `path`: below the root, `/` between segments. */
  keepsFile(path: string): boolean {
    if (this.#excludes(path, false)) return false;
    const isIncluded = (pattern: Pattern): boolean =>
      pattern.foldersOnly ? foldersAbove(path).some((folder) => fits(pattern, folder)) : fits(pattern, path);
    return this.#include.length === 0 || this.#include.some(isIncluded);
  }

  /** False when nothing below the folder can be wanted. */
  keepsFolder(path: string): boolean {
    return !this.#excludes(path, true);
  }

  #excludes(path: string, folder: boolean): boolean {
    if (!this.#hidden && lastSegment(path).startsWith('.')) return true;
    const isFor = (pattern: Pattern): boolean => (folder || !pattern.foldersOnly) && fits(pattern, path);
    return this.#exclude.some(isFor) || this.#ignore.findLast(isFor)?.negated === false;
  }
}

function fits({ text, wholePath }: Pattern, path: string): boolean {
  return globMatches(text, wholePath ? path : lastSegment(path));
}

function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
