import { type Algorithm, type AlgorithmName, algorithms } from '#shared/tables/algorithms.ts';

/** In the order in which they are shown: what people ask for most comes first. */
export const families = [
  'SHA-2',
  'Legacy',
  'BLAKE',
  'SHA-3',
  'Checksums',
  'Sharing',
  'Clouds and content',
  'National standards',
  'Others',
] as const satisfies readonly Algorithm['family'][];

export type Family = (typeof families)[number];
type Row = (typeof algorithms)[number];

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, '');

/**
 * The algorithms that `text` may mean, by family. Every word of it must stand in the label, the name,
 * the tag or the family's name; case, blanks and punctuation do not count.
 */
export function findAlgorithms(text: string, familyLabel: (family: Family) => string): ReadonlyMap<Family, Row[]> {
  const words = text.split(/\s+/).map(plain).filter(Boolean);
  const found = new Map<Family, Row[]>();
  for (const family of families) {
    const rows = algorithms.filter((row) => {
      if (row.family !== family) return false;
      const places = [row.label, row.name, row.tag, familyLabel(family)].map(plain);
      return words.every((word) => places.some((place) => place.includes(word)));
    });
    if (rows.length > 0) found.set(family, rows);
  }
  return found;
}

/** The only algorithm found, if there is one. */
export function onlyOne(found: ReturnType<typeof findAlgorithms>): AlgorithmName | undefined {
  const rows = [...found.values()].flat();
  return rows.length === 1 ? rows[0]?.name : undefined;
}
