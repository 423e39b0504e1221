/** The verdict of a verification, and why. */
import type { Entries } from './entries.ts';
import type { Requirement } from './required.ts';
import { type EntryStatus, entryStatuses, fails, type UnlistedPolicy } from './statuses.ts';

export type StatusCounts = Readonly<Record<EntryStatus, number>>;

export interface Summary {
  readonly verdict: 'ok' | 'failed';
  readonly counts: StatusCounts;
  /** What fails beside the entries: whole sentences without a full stop. */
  readonly reasons: readonly string[];
  readonly required: readonly Requirement[];
}

/** What one folder was held against. */
export interface Judged {
  readonly entries: Entries;
  /** Paths that no entry names, in the order of the walk. */
  readonly unlisted: readonly number[];
  /** Manifests, by their number in `entries`: their names for people. */
  readonly manifests: readonly { readonly number: number; readonly shown: string }[];
  /** Folders that could not be listed. */
  readonly unreadableFolders: number;
}

function countStatuses(parts: readonly Judged[]): Record<EntryStatus, number> {
  const counts = Object.fromEntries(entryStatuses.map((status) => [status, 0])) as Record<EntryStatus, number>;
  for (const { entries, unlisted, unreadableFolders } of parts) {
    for (let entry = 0; entry < entries.count; entry++) counts[entries.status(entry)]++;
    counts.unlisted += unlisted.length;
    counts.unreadable += unreadableFolders;
  }
  return counts;
}

/** A manifest of which nothing could be checked is a failure, never a success. */
export function summarise(
  parts: readonly Judged[],
  required: readonly Requirement[],
  unlisted: UnlistedPolicy,
  /** Statuses whose entries have all been put right in the manifest. */
  mended: ReadonlySet<EntryStatus> = new Set(),
): Summary {
  const counts = countStatuses(parts);
  const reasons: string[] = [];
  for (const { entries, manifests } of parts) {
    const { all, compared } = checkedOf(entries);
    for (const { number, shown } of manifests) {
      if (!all.has(number)) reasons.push(`${shown} names no file`);
      else if (!compared.has(number)) reasons.push(`nothing that ${shown} names could be checked`);
    }
  }
  const good = counts.ok + (mended.has('moved') ? counts.moved : 0) + (mended.has('changed') ? counts.changed : 0);
  if (good === 0 && reasons.length === 0) reasons.push('no file is as its manifest says');
  for (const { name, state } of required) {
    if (state === 'not-listed') reasons.push(`${name} is required and not listed`);
    if (state === 'failed') reasons.push(`${name} is required and not ok`);
  }
  const failed =
    reasons.length > 0 ||
    entryStatuses.some((status) => counts[status] > 0 && fails(status, unlisted) && !mended.has(status));
  return { verdict: failed ? 'failed' : 'ok', counts, reasons, required };
}

/** Manifests that have entries, and those of which at least one was held against a file. */
function checkedOf(entries: Entries): { readonly all: Set<number>; readonly compared: Set<number> } {
  const all = new Set<number>();
  const compared = new Set<number>();
  for (let entry = 0; entry < entries.count; entry++) {
    const manifest = entries.manifest(entry);
    all.add(manifest);
    const status = entries.status(entry);
    if (status === 'ok' || status === 'changed' || status === 'moved') compared.add(manifest);
  }
  return { all, compared };
}

const words: Readonly<Record<EntryStatus, string>> = {
  ok: 'ok',
  changed: 'changed',
  missing: 'missing',
  unreadable: 'unreadable',
  moved: 'moved',
  unlisted: 'unlisted',
  malformed: 'malformed',
  'outside-root': 'outside the root',
  'not-comparable': 'not comparable',
};

/** `3 ok, 1 changed`: what there is any of. */
export function countsText(counts: StatusCounts): string {
  const parts = entryStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${words[status]}`);
  return parts.length === 0 ? 'no entries' : parts.join(', ');
}

/** One sentence. */
export function verdictText({ verdict, counts, reasons }: Summary): string {
  if (verdict === 'ok') {
    const extra = counts.unlisted > 0 ? `; ${counts.unlisted} ${files(counts.unlisted)} not listed` : '';
    if (counts.missing + counts.moved + counts.changed > 0) {
      return `OK: ${counts.ok} ${counts.ok === 1 ? 'file is' : 'files are'} as listed, and the manifest was updated for the rest.`;
    }
    return counts.ok === 1
      ? `OK: the one file listed is as the manifest says${extra}.`
      : `OK: all ${counts.ok} files listed are as the manifest says${extra}.`;
  }
  const failures = entryStatuses.filter((status) => status !== 'ok' && counts[status] > 0);
  const found = failures.map((status) => `${counts[status]} ${words[status]}`).join(', ');
  return `FAILED: ${[...reasons, ...(found === '' ? [] : [found])].join('; ')}.`;
}

const files = (count: number): string => (count === 1 ? 'other file is' : 'other files are');
