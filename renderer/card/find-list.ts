/** Compares the entries of a pasted checksum list with the files of a table, by name and by the digests that are there. */
import type { ManifestEntry } from '#shared/checksums/model.ts';
import { createManifestReader } from '#shared/checksums/read.ts';
import { decodeName } from '#shared/text/utf8.ts';
import type { ResultTable } from '../results/result-table.ts';
import type { Sliced } from '../results/sliced.ts';

/** The files that a checksum list names; none where the text is no list. */
export function listEntries(text: string): ManifestEntry[] {
  const reader = createManifestReader();
  const items = [...reader.push(new TextEncoder().encode(text)), ...reader.end()];
  return items.filter((item): item is ManifestEntry => item.kind === 'entry' && item.name.length > 0);
}

export interface ListFound {
  readonly entries: number;
  readonly same: number;
  /** Rows that have another digest than the list says. */
  readonly different: readonly number[];
  /** Names of the list that no file here has. */
  readonly absent: number;
  /** Several files of one name, or none with a digest of the algorithm. */
  readonly unclear: number;
}

const rowsASlice = 1_024;
const decoder = new TextDecoder();

export function* findList(
  table: ResultTable,
  rows: Iterable<number>,
  entries: readonly ManifestEntry[],
): Sliced<ListFound> {
  const named = entries.map((entry) => ({ entry, name: plainName(entry.name), rows: [] as number[] }));
  const byLeaf = new Map<string, typeof named>();
  for (const one of named) {
    const leaf = one.name.slice(one.name.lastIndexOf('/') + 1);
    const others = byLeaf.get(leaf);
    if (others === undefined) byLeaf.set(leaf, [one]);
    else others.push(one);
  }
  let looked = 0;
  for (const row of rows) {
    if (++looked % rowsASlice === 0) yield;
    const leaf = decoder.decode(table.nameSource(row).subarray(table.leafStart(row), table.nameEnd(row)));
    const candidates = byLeaf.get(leaf);
    if (candidates === undefined) continue;
    const path = `/${plainName(table.batch(row).nameBytes(table.record(row)))}`;
    for (const one of candidates) if (path.endsWith(`/${one.name}`)) one.rows.push(row);
  }
  const found = { entries: entries.length, same: 0, different: [] as number[], absent: 0, unclear: 0 };
  for (const { entry, rows: own } of named) {
    const answers = own.map((row) => answerOf(table, row, entry));
    if (own.length === 0) found.absent++;
    else if (answers.every((answer) => answer === 'same')) found.same++;
    else if (answers.every((answer) => answer === 'different')) found.different.push(...own);
    else found.unclear++;
  }
  return found;
}

function plainName(bytes: Uint8Array): string {
  return decodeName(bytes)
    .text.replaceAll('\\', '/')
    .replace(/^(\.\/)*\/*/, '');
}

function answerOf(table: ResultTable, row: number, { digests, size }: ManifestEntry): 'same' | 'different' | 'unclear' {
  if (table.group(row) !== 'ok') return 'unclear';
  if (size !== null && size !== table.size(row)) return 'different';
  let compared = 0;
  for (const { algorithm, bytes } of digests) {
    const own = table.digest(row, algorithm);
    if (own === null) continue;
    if (own.length !== bytes.length || own.some((byte, at) => byte !== bytes[at])) return 'different';
    compared++;
  }
  return compared === 0 ? 'unclear' : 'same';
}
