/** The suites by group. Loaded on demand: what one group measures need not be built for the other. */
import type { Suite } from './measuring/suite.ts';

export async function suitesOf(group: string): Promise<readonly Suite[]> {
  if (group === 'js-native') return (await import('./js-native/all.ts')).jsNative;
  if (group === 'product') return (await import('./product/all.ts')).product;
  throw new RangeError(`There is no group ${group}.`);
}
