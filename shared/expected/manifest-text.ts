/** A line or the whole text of a checksum file, pasted. */
import type { ManifestEntry, ManifestItem, ManifestReader } from '../checksums/model.ts';
import { decodeName } from '../text/utf8.ts';
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';

/** `reader`: of the text, which it has not seen yet. `leaf`: what the file is called. */
export function manifestText(bytes: Uint8Array, reader: ManifestReader, leaf: string): Recognition {
  const items: ManifestItem[] = [...reader.push(bytes), ...reader.end()];
  const entries = items.filter((item): item is ManifestEntry => item.kind === 'entry');
  if (entries.length === 0) return unknown;
  const named = entries.filter(({ name }) => leafOf(name) === leaf);
  const chosen = named.length > 0 ? named : entries;
  if (named.length === 0 && entries.length > 1) return refused(`The list does not name ${leaf}.`);
  const names = new Set(chosen.map(({ name }) => decodeName(name).text));
  if (names.size > 1)
    return refused(`The list names several files called ${leaf}: ${[...names].slice(0, 3).join(', ')}.`);
  const sizes = new Set(chosen.map(({ size }) => size).filter((size) => size !== null));
  const contradictory = sizes.size > 1 || hasContradiction(chosen);
  if (contradictory) return refused(`The list says different things of ${leaf}.`);
  const [size = null] = sizes;
  const digests = chosen.flatMap((entry) => entry.digests);
  const [first] = chosen as [ManifestEntry];
  const form = reader.recognised?.explanation ?? 'checksum file';
  return expectedOf(form, [digests], { size, name: first.name.length > 0 ? first.name : null });
}

function hasContradiction(entries: readonly ManifestEntry[]): boolean {
  const known = new Map<string, string>();
  for (const { digests } of entries) {
    for (const { algorithm, bytes } of digests) {
      const before = known.get(algorithm);
      if (before !== undefined && before !== bytes.join()) return true;
      known.set(algorithm, bytes.join());
    }
  }
  return false;
}

function leafOf(name: Uint8Array): string {
  const { text } = decodeName(name);
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
}
