/** How a guard is taken away, and what fails then. */

/**
 * @typedef {object} Removal
 * @property {string} file
 * @property {string} text stands in the file exactly once
 * @property {string} by what takes its place
 *
 * @typedef {object} Guard
 * @property {string} name as `docs/security.md` calls it
 * @property {'unit' | 'native' | 'web' | 'electron'} runner
 * @property {string} test the file
 * @property {string} title part of the titles of the tests that fail without the guard
 * @property {readonly Removal[]} removals
 */

/** @param {string} file @param {string} text @param {string} [by] @returns {Removal} */
export const without = (file, text, by = '') => ({ file, text, by });

/** @param {string} name */
export const electron = (name) => `main/hosts/electron/${name}`;

/** @param {string} name */
export const web = (name) => `main/hosts/web/${name}`;

/** @param {string} name */
export const app = (name) => `main/app/${name}`;
