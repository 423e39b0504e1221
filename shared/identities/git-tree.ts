import { compareBytes } from '../text/compare-bytes.ts';
/** Git's object of a folder, of which its name is made. */

export type GitMode = '40000' | '100644' | '100755' | '120000';

export interface GitTreeEntry {
  /** Without a separator and without a zero byte. */
  readonly name: Uint8Array;
  readonly mode: GitMode;
  /** Git's name of the content, 20 bytes. */
  readonly id: Uint8Array;
}

const encoder = new TextEncoder();
const slash = 0x2f;

/** Folders stand where they would with a slash behind their names. */
function sortKey({ name, mode }: GitTreeEntry): Uint8Array {
  return mode === '40000' ? Uint8Array.from([...name, slash]) : name;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** `kind`, the length in decimal, a zero byte and the content: what Git hashes. */
export function gitObject(kind: 'blob' | 'tree', content: Uint8Array): Uint8Array {
  return joined([encoder.encode(`${kind} ${content.length}\0`), content]);
}

/** The object of a folder with these entries, in any order. */
export function gitTree(entries: readonly GitTreeEntry[]): Uint8Array {
  const sorted = entries
    .map((entry) => ({ entry, key: sortKey(entry) }))
    .sort((a, b) => compareBytes(a.key, b.key))
    .flatMap(({ entry }) => [encoder.encode(`${entry.mode} `), entry.name, new Uint8Array(1), entry.id]);
  return gitObject('tree', joined(sorted));
}
