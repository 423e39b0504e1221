/**
 * Stamps show whether something built still matches its sources: a hash over the content of
 * every input, kept beside the output. Content rather than times, so that switching branches back
 * and forth or a fresh clone over an old build never leaves something stale.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot, root } from './paths.mjs';

const ignored = new Set(['node_modules', 'build', 'dist']);

/**
 * Files below `input`, sorted; tests are left out, for they are not built into anything.
 * @param {string} input relative to the checkout
 * @returns {string[]}
 */
function filesOf(input) {
  const absolute = fromRoot(input);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [input];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => !ignored.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(path.join(input, entry.name)) : [path.join(input, entry.name)]))
    .sort();
}

/**
 * @param {readonly string[]} inputs files and folders, relative to the checkout
 * @param {string} [extra] anything else the output depends on
 */
export function fingerprint(inputs, extra = '') {
  const hash = createHash('sha256').update(`${root}\0${process.platform}-${process.arch}\0${extra}\0`);
  for (const file of inputs.flatMap(filesOf)) {
    const content = readFileSync(fromRoot(file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} stamp path of the stamp, relative to the checkout
 * @param {string} print
 * @param {readonly string[]} outputs what must still be there
 */
export function isCurrent(stamp, print, outputs) {
  return (
    outputs.every((output) => existsSync(fromRoot(output))) &&
    existsSync(fromRoot(stamp)) &&
    readFileSync(fromRoot(stamp), 'utf8') === print
  );
}

/** @param {string} stamp @param {string} print */
export function writeStamp(stamp, print) {
  mkdirSync(path.dirname(fromRoot(stamp)), { recursive: true });
  writeFileSync(fromRoot(stamp), print);
}
