/**
 * How folders are walked and files read: the one table of options. The contract's schema, the engine's checks, the call of the
 * addon and the command are made from it. See "How to add a walk option" in CONTRIBUTING.md.
 */

/**
 * `flag`: boolean; `count`: folders, a whole number from 0 on, or null for no limit; `amount`: the same, up to 2^53 - 1;
 * `rate`: bytes a second, from 1 on, or null for no limit; `patterns`: globs, UTF-8, at least one character each.
 */
export const walkFields = {
  /** Also files and folders whose name begins with a dot (Windows: with the hidden attribute). */
  hidden: { kind: 'flag', default: true },
  followSymlinks: { kind: 'flag', default: false },
  oneFileSystem: { kind: 'flag', default: false },
  /** Folders below a root: 0 only the root's own files. */
  maxDepth: { kind: 'count', default: null },
  /** Files fewer folders below a root are left out; a root that is a file itself is not. */
  minDepth: { kind: 'count', default: null },
  /** Bytes, both included. */
  minSize: { kind: 'amount', default: null },
  maxSize: { kind: 'amount', default: null },
  /** Files modified after, and before; milliseconds since 1970. */
  newerThanMs: { kind: 'amount', default: null },
  olderThanMs: { kind: 'amount', default: null },
  /** Files whose content lies in a cloud are fetched; otherwise they are skipped (PLACEHOLDER). */
  fetch: { kind: 'flag', default: false },
  /** What all readers of a job together read at most. */
  limitRate: { kind: 'rate', default: null },
  /** Read files from the medium they are stored on, past the system's memory; what was written is stored first. */
  medium: { kind: 'flag', default: false },
  /** Reads give way to those of other programs, where the system's scheduler of the device knows such a priority. */
  idle: { kind: 'flag', default: false },
  /** Without `/` a pattern matches the last segment, else the path below the root. */
  include: { kind: 'patterns', default: [] },
  exclude: { kind: 'patterns', default: [] },
  /** Lines of a .gitignore file, in order, without comments: the last that fits decides, `!` takes back. */
  ignore: { kind: 'patterns', default: [] },
} as const;

interface Values {
  flag: boolean;
  count: number | null;
  amount: number | null;
  rate: number | null;
  patterns: readonly string[];
}

export type WalkField = keyof typeof walkFields;
export type WalkOptions = { readonly [Field in WalkField]: Values[(typeof walkFields)[Field]['kind']] };

export const walkFieldNames = Object.keys(walkFields) as WalkField[];

export const defaultWalk = Object.fromEntries(
  walkFieldNames.map((name) => [name, walkFields[name].default]),
) as unknown as WalkOptions;

/** The walk options among the members of `from`; those that are absent or undefined are the defaults. */
export function walkOptionsOf(from: { readonly [Field in WalkField]?: WalkOptions[Field] | undefined }): WalkOptions {
  return Object.fromEntries(
    walkFieldNames.map((name) => [name, from[name] ?? walkFields[name].default]),
  ) as unknown as WalkOptions;
}
