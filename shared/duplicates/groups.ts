/** Files with the same content: what is there twice, and what that costs. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { toBase64 } from '../text/base64.ts';
import { csvLine } from '../text/csv-field.ts';
import { digestText } from '../text/digest-text.ts';
import { formatSize } from '../text/quantities.ts';
import { decodeName } from '../text/utf8.ts';
import { escapeControlsInJson, makeVisible } from '../text/visible.ts';

/** One copy: a file, and its other names where it has hard links. */
export interface Copy {
  readonly path: Uint8Array;
  readonly links: readonly Uint8Array[];
}

export interface DuplicateGroup {
  /** Bytes of one copy. */
  readonly size: number;
  readonly digest: Uint8Array;
  /** At least two. */
  readonly copies: readonly Copy[];
}

export interface Duplicates {
  readonly algorithm: AlgorithmName;
  /** What could be freed most first. */
  readonly groups: readonly DuplicateGroup[];
  /** Files that were looked at. */
  readonly files: number;
  readonly unreadable: readonly { readonly path: Uint8Array; readonly code: string }[];
}

/** Bytes that are free when one copy stays. */
export const reclaimable = ({ size, copies }: DuplicateGroup): number => size * (copies.length - 1);

const totalOf = ({ groups }: Duplicates): number => groups.reduce((sum, group) => sum + reclaimable(group), 0);

const shown = (path: Uint8Array): string => makeVisible(decodeName(path).text);

/** A path a line and an empty line after each group; other names of one copy are indented. The summary comes last. */
export function* duplicatesText(found: Duplicates): Generator<string, void> {
  for (const { copies } of found.groups) {
    for (const { path, links } of copies) {
      yield `${shown(path)}\n`;
      for (const link of links) yield `  hard link: ${shown(link)}\n`;
    }
    yield '\n';
  }
  for (const { path, code } of found.unreadable) yield `unreadable     ${shown(path)}: ${code}\n`;
  const copies = found.groups.reduce((sum, group) => sum + group.copies.length, 0);
  yield found.groups.length === 0
    ? `No duplicates among ${found.files} files.\n`
    : `${found.groups.length} ${found.groups.length === 1 ? 'group' : 'groups'} of ${copies} files; ${formatSize(totalOf(found))} could be freed.\n`;
}

const quote = (value: unknown): string => escapeControlsInJson(JSON.stringify(value));
const text = (path: Uint8Array): string => decodeName(path).text;

function exactOf(paths: readonly Uint8Array[]): Record<string, string> | undefined {
  const inexact = paths.filter((path) => !decodeName(path).exact);
  return inexact.length === 0 ? undefined : Object.fromEntries(inexact.map((path) => [text(path), toBase64(path)]));
}

export function* duplicatesJson(found: Duplicates): Generator<string, void> {
  let separator = '{"groups":[\n';
  for (const group of found.groups) {
    const { size, digest, copies } = group;
    const linked = copies.filter(({ links }) => links.length > 0);
    yield `${separator}${quote({
      size,
      algorithm: found.algorithm,
      digest: digestText(digest, algorithm(found.algorithm).encoding),
      reclaimable: reclaimable(group),
      files: copies.map(({ path }) => text(path)),
      hardLinks:
        linked.length === 0
          ? undefined
          : Object.fromEntries(linked.map(({ path, links }) => [text(path), links.map(text)])),
      pathBase64: exactOf(copies.flatMap(({ path, links }) => [path, ...links])),
    })}`;
    separator = ',\n';
  }
  if (separator.startsWith('{')) yield separator;
  yield `\n],\n"summary":${quote(summaryOf(found))}}\n`;
}

export interface DuplicatesSummary {
  readonly files: number;
  readonly groups: number;
  /** Copies beyond the first of each group. */
  readonly duplicates: number;
  /** Bytes. */
  readonly reclaimable: number;
  readonly unreadable: readonly { readonly path: string; readonly code: string }[];
}

export function summaryOf(found: Duplicates): DuplicatesSummary {
  return {
    files: found.files,
    groups: found.groups.length,
    duplicates: found.groups.reduce((sum, { copies }) => sum + copies.length - 1, 0),
    reclaimable: totalOf(found),
    unreadable: found.unreadable.map(({ path, code }) => ({ path: text(path), code })),
  };
}

/** Copies of one record: a group may have more names than a record can hold. */
const rowCopies = 500;

export interface DuplicatesRow {
  readonly group: number;
  readonly size: number;
  readonly algorithm: AlgorithmName;
  readonly digest: string;
  readonly reclaimable: number;
  readonly copies: { readonly path: string; readonly pathBase64?: string; readonly hardLinks?: string[] }[];
}

/** Records of all groups; a large group has several, one after the other. */
export function* duplicatesRows(found: Duplicates): Generator<DuplicatesRow, void> {
  for (const [at, group] of found.groups.entries()) {
    for (let from = 0; from < group.copies.length; from += rowCopies) {
      yield {
        group: at + 1,
        size: group.size,
        algorithm: found.algorithm,
        digest: digestText(group.digest, algorithm(found.algorithm).encoding),
        reclaimable: reclaimable(group),
        copies: group.copies.slice(from, from + rowCopies).map(({ path, links }) => ({
          path: text(path),
          ...(decodeName(path).exact ? {} : { pathBase64: toBase64(path) }),
          // Of very many links some are enough to see what it is.
          ...(links.length === 0 ? {} : { hardLinks: links.slice(0, 10).map(text) }),
        })),
      };
    }
  }
}

/** A line a file; groups are numbered from 1. */
export function* duplicatesCsv(found: Duplicates): Generator<string, void> {
  yield csvLine(['group', 'size', 'algorithm', 'digest', 'path', 'hardLinkOf', 'pathBase64']);
  const { algorithm: name } = found;
  for (const [at, { size, digest, copies }] of found.groups.entries()) {
    const digits = digestText(digest, algorithm(name).encoding);
    const line = (path: Uint8Array, of: string | null): string => {
      const { text: decoded, exact } = decodeName(path);
      return csvLine([at + 1, size, name, digits, decoded, of, exact ? null : toBase64(path)]);
    };
    for (const { path, links } of copies) {
      yield line(path, null);
      for (const link of links) yield line(link, text(path));
    }
  }
}
