/** Only letters and digits count: `SHA-256` is `sha256`. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
 * (optimal string alignment distance: Damerau, 1964; Levenshtein, 1966).
 */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped ? before[j - 2]! + 1 : replaced));
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** The one of `names` that was most likely meant by `name`, or undefined when none is near. */
export function nearestName<Name extends string>(name: string, names: readonly Name[]): Name | undefined {
  const wanted = bare(name);
  if (wanted.length > 40) return undefined;
  let nearest: Name | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names) {
    const steps = distance(wanted, bare(candidate));
    if (steps < least) {
      least = steps;
      nearest = candidate;
    }
  }
  return nearest;
}
