/** `--require`: names that must be listed and ok, whatever else the manifest holds. */
import { globMatches } from '../text/glob.ts';
import { decodeName } from '../text/utf8.ts';
import type { Entries } from './entries.ts';
import { windowsName } from './names.ts';

export interface Requirement {
  /** As it was given. */
  readonly name: string;
  readonly state: 'ok' | 'not-listed' | 'failed';
}

/**
 * `bytes` of a name: `text` is the same for people. A name is a path below the root; with `*` or `?` it is a pattern, which
 * without `/` is held against the last segment. All that it fits must be ok, and it must fit something.
 */
export function checkRequirement(entries: Entries, bytes: Uint8Array, text: string): Requirement {
  let listed = 0;
  let ok = 0;
  for (const entry of matching(entries, bytes)) {
    listed++;
    if (entries.status(entry) === 'ok') ok++;
  }
  return { name: text, state: listed === 0 ? 'not-listed' : ok === listed ? 'ok' : 'failed' };
}

function* matching(entries: Entries, name: Uint8Array): Generator<number, void> {
  const { text } = decodeName(name);
  const wanted = decodeName(windowsName(name).key).text;
  const isPattern = /[*?]/.test(text);
  for (let entry = 0; entry < entries.count; entry++) {
    const path = entries.path(entry);
    if (path < 0) continue;
    const key = entries.paths.bytes(path);
    if (!isPattern) {
      if (equal(key, name) || (key.length === wanted.length && decodeName(windowsName(key).key).text === wanted)) {
        yield entry;
      }
      continue;
    }
    const found = decodeName(key).text;
    const held = text.includes('/') ? found : found.slice(found.lastIndexOf('/') + 1);
    if (globMatches(text, held)) yield entry;
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
