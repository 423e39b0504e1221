/** Shell patterns, in one place: see the folder `glob`. */
export { globMatches } from './glob/match.ts';
export { PathFilter } from './glob/path-filter.ts';
