/**
 * The folders that rows lie in, each once: a row knows the number of its folder, and a folder its place among all. So a
 * million rows are put into the order of paths by comparing numbers and last segments.
 */
import { naturalKey } from './natural-key.ts';

/** Of each byte one character, so that names that are no UTF-8 differ too. */
const bytewise = new TextDecoder('latin1');
const readsMost = 1 << 16;

export class Folders {
  readonly #numbers = new Map<string, number>();
  readonly #paths: Uint8Array[] = [];
  readonly #keys: Uint8Array[] = [];
  /** Numbers of folders in the order of their paths. */
  #sorted = new Uint32Array(0);
  #places = new Uint32Array(0);
  /** Rows of one folder come together. */
  #last = -1;

  get count(): number {
    return this.#paths.length;
  }

  path(folder: number): Uint8Array {
    return this.#paths[folder]!;
  }

  /** The number of the folder whose path, with the separator at its end, is in `bytes` from `start` to before `end`. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#last >= 0 && isSame(this.#paths[this.#last]!, bytes, start, end)) return this.#last;
    const path = bytes.slice(start, end);
    const text = bytewise.decode(path);
    const known = this.#numbers.get(text);
    this.#last = known ?? this.#paths.length;
    if (known === undefined) {
      this.#numbers.set(text, this.#last);
      this.#paths.push(path);
      this.#keys.push(keyOf(path));
    }
    return this.#last;
  }

  /** The place of each folder in the order of their paths; an array that never changes. */
  places(): Uint32Array {
    if (this.#places.length === this.count) return this.#places;
    const compare = (a: number, b: number): number =>
      compareBytes(this.#keys[a]!, this.#keys[b]!) || compareBytes(this.#paths[a]!, this.#paths[b]!);
    const later = Uint32Array.from({ length: this.count - this.#sorted.length }, (_, at) => this.#sorted.length + at);
    later.sort(compare);
    this.#sorted = merged(this.#sorted, later, compare);
    this.#places = new Uint32Array(this.count);
    this.#sorted.forEach((folder, place) => {
      this.#places[folder] = place;
    });
    return this.#places;
  }
}

const scratch = new Uint8Array(readsMost);

function keyOf(path: Uint8Array): Uint8Array {
  return scratch.slice(0, naturalKey(scratch, path, 0, path.length));
}

function isSame(path: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (path.length !== end - start) return false;
  // Folders differ at their ends first.
  for (let at = path.length - 1; at >= 0; at--) if (path[at] !== bytes[start + at]) return false;
  return true;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

function merged(
  first: Uint32Array,
  second: Uint32Array,
  compare: (a: number, b: number) => number,
): Uint32Array<ArrayBuffer> {
  const both = new Uint32Array(first.length + second.length);
  let left = 0;
  let right = 0;
  for (let at = 0; at < both.length; at++) {
    const takesRight = left === first.length || (right < second.length && compare(second[right]!, first[left]!) < 0);
    both[at] = takesRight ? second[right++]! : first[left++]!;
  }
  return both;
}
