/** Names that differ only in their Unicode normalisation: the same letters, written by two systems. */
import { decodeName } from '../text/utf8.ts';

/** Null for a name that has no other form: ASCII alone, or no UTF-8. */
export function normalisedKey(name: Uint8Array): string | null {
  if (!name.some((byte) => byte >= 0x80)) return null;
  const { text, exact } = decodeName(name);
  return exact ? text.normalize('NFC') : null;
}

/** Names on the disk that no entry has, by their normalised form; each is found once. */
export class NormalisedNames {
  readonly #paths = new Map<string, number[]>();

  add(name: Uint8Array, path: number): void {
    const key = normalisedKey(name);
    if (key === null) return;
    const before = this.#paths.get(key);
    if (before === undefined) this.#paths.set(key, [path]);
    else before.push(path);
  }

  /** The path that has the name in another form; −1 where none has, or where several do: which one was meant? */
  take(name: Uint8Array): number {
    const key = normalisedKey(name);
    const found = key === null ? undefined : this.#paths.get(key);
    if (found === undefined || found.length !== 1) return -1;
    this.#paths.delete(key!);
    return found[0]!;
  }
}
