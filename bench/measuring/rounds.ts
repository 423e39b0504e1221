/** Each round begins with another one, so that nobody always comes after the same one. */
export function rotate<Item>(items: readonly Item[], round: number): Item[] {
  const first = items.length > 0 ? round % items.length : 0;
  return [...items.slice(first), ...items.slice(0, first)];
}
