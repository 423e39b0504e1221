/** Those with the same key, where there are at least two. */
export function groupsOf<Key>(files: readonly number[], keyOf: (file: number) => Key): number[][] {
  const groups = new Map<Key, number[]>();
  for (const file of files) {
    const key = keyOf(file);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
