/** Shell patterns, in one place: see the folder `glob`. */
export { globMatches } from './glob/match.ts';
export { type FilterOptions, PathFilter } from './glob/path-filter.ts';
