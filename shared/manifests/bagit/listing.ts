/** The files of a bag, found by what a manifest calls them. */
import type { TreeEntry } from '../tree.ts';
import { hasBarePercent, nameCandidates } from './names.ts';

export interface Found {
  readonly entry: TreeEntry | undefined;
  /** What the name means; of an absent file the likeliest. */
  readonly path: string;
  readonly tolerated: 'name-normalisation' | 'name-case' | 'name-literal' | null;
}

const folded = (path: string): string => path.normalize('NFC').toLowerCase();

export class BagListing {
  readonly entries = new Map<string, TreeEntry>();
  #byNormal: Map<string, string[]> | undefined;
  #byCase: Map<string, string[]> | undefined;

  add(entry: TreeEntry): void {
    this.entries.set(entry.path, entry);
  }

  /** Only a single other file may stand in: where two would do, neither is taken. */
  find(written: string, version: string): Found {
    const candidates = nameCandidates(written, version);
    for (const path of candidates) {
      const entry = this.entries.get(path);
      const literal = version === '1.0' && (path !== candidates[0] || hasBarePercent(written));
      if (entry !== undefined) return { entry, path, tolerated: literal ? 'name-literal' : null };
    }
    this.#byNormal ??= this.#index((path) => path.normalize('NFC'));
    for (const path of candidates) {
      const other = this.#byNormal.get(path.normalize('NFC'));
      if (other?.length === 1) return this.#instead(other[0]!, 'name-normalisation');
    }
    // Drafts before 1.0 were made on systems that keep no case; RFC 8493 asks for the very name.
    if (version !== '1.0') {
      this.#byCase ??= this.#index(folded);
      const other = this.#byCase.get(folded(candidates[0]!));
      if (other?.length === 1) return this.#instead(other[0]!, 'name-case');
    }
    return { entry: undefined, path: candidates[0]!, tolerated: null };
  }

  #instead(path: string, tolerated: 'name-normalisation' | 'name-case'): Found {
    return { entry: this.entries.get(path), path, tolerated };
  }

  #index(key: (path: string) => string): Map<string, string[]> {
    const index = new Map<string, string[]>();
    for (const [path, { exact, kind }] of this.entries) {
      if (!exact || kind !== 'file') continue;
      const same = index.get(key(path));
      if (same === undefined) index.set(key(path), [path]);
      else same.push(path);
    }
    return index;
  }
}
