/**
 * Which missing files are somewhere else: by digest, as a multiset. A file that was found stands for one missing entry,
 * for one with its last segment first. Content that is there less often than the list has it is missing.
 */
import type { BatchView } from '../batch/reader.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { digestBytes } from './algorithm-lists.ts';
import { ByteTable } from './byte-table.ts';
import { ByteArena, Column } from './columns.ts';
import type { Entries } from './entries.ts';

const slash = 0x2f;
const sizeBytes = 8;

function leafOf(path: Uint8Array): Uint8Array {
  return path.subarray(path.lastIndexOf(slash) + 1);
}

/** Files that no entry names, by what was computed of them. */
export class Strays {
  readonly #entries: Entries;
  readonly #names: readonly AlgorithmName[];
  readonly #paths: readonly number[];
  readonly #arena = new ByteArena();
  /** By file: its place in `paths`. */
  readonly #sizes = new Column(Float64Array, -1);
  readonly #digests = new Column(Uint32Array);
  readonly #taken = new Column(Uint8Array);

  /** `names`: what is computed of every file. `paths`: the files, in the order in which they are taken. */
  constructor(entries: Entries, names: readonly AlgorithmName[], paths: readonly number[]) {
    this.#entries = entries;
    this.#names = names;
    this.#paths = paths;
  }

  /** The record of a file. With another status than ok it stands for nothing. */
  add(file: number, batch: BatchView, index: number): void {
    if (batch.status(index) !== 'ok') return;
    const digests = this.#names.map((name) => batch.digest(index, name));
    if (digests.includes(null)) return;
    this.#sizes.set(file, batch.size(index));
    const joined = new Uint8Array(digestBytes(this.#names));
    let at = 0;
    for (const digest of digests) {
      joined.set(digest!, at);
      at += digest!.length;
    }
    this.#digests.set(file, this.#arena.append(joined));
  }

  /** Settles those of `missing` as moved whose content was found, and notes where content of the others also is. */
  match(missing: readonly number[]): void {
    const groups = new Map<string, { readonly entries: number[]; readonly index: StrayIndex }>();
    for (const entry of missing) {
      const algorithms = this.#entries.algorithms(entry);
      const sized = this.#entries.size(entry) >= 0;
      const key = `${algorithms.join()} ${sized}`;
      const group = groups.get(key) ?? { entries: [], index: this.#index(algorithms, sized) };
      group.entries.push(entry);
      groups.set(key, group);
    }
    for (const withLeaf of [true, false]) {
      for (const { entries, index } of groups.values()) {
        index.build(withLeaf);
        for (const entry of entries) {
          if (this.#entries.status(entry) !== 'missing') continue;
          const file = index.takeFree(this.#wanted(entry), this.#taken);
          if (file < 0) continue;
          this.#taken.set(file, 1);
          this.#entries.settle(entry, 'moved');
          this.#entries.setElsewhere(entry, this.#paths[file]!);
        }
      }
    }
    for (const { entries, index } of groups.values()) {
      for (const entry of entries) {
        if (this.#entries.status(entry) !== 'missing') continue;
        const file = index.any(this.#wanted(entry));
        if (file >= 0) this.#entries.setElsewhere(entry, this.#paths[file]!);
      }
    }
  }

  /** Paths that stand for a missing entry. */
  *taken(): Generator<number, void> {
    for (let file = 0; file < this.#paths.length; file++) if (this.#taken.at(file) === 1) yield this.#paths[file]!;
  }

  #wanted(entry: number): Wanted {
    const path = this.#entries.path(entry);
    return {
      digests: this.#entries.expected(entry),
      size: this.#entries.size(entry),
      leaf: leafOf(path < 0 ? new Uint8Array(0) : this.#entries.paths.bytes(path)),
    };
  }

  #index(algorithms: readonly AlgorithmName[], sized: boolean): StrayIndex {
    const parts = algorithms.map((name) => {
      const before = this.#names.slice(0, this.#names.indexOf(name));
      return [digestBytes(before), algorithm(name).digestLength] as const;
    });
    const whole = digestBytes(this.#names);
    return new StrayIndex(this.#paths.length, sized, (file) => {
      if (this.#sizes.at(file) < 0) return null;
      const digests = this.#arena.view(this.#digests.at(file), whole);
      const chosen = new Uint8Array(digestBytes(algorithms));
      let at = 0;
      for (const [from, length] of parts) {
        chosen.set(digests.subarray(from, from + length), at);
        at += length;
      }
      return {
        digests: chosen,
        size: this.#sizes.at(file),
        leaf: leafOf(this.#entries.paths.bytes(this.#paths[file]!)),
      };
    });
  }
}

interface Wanted {
  readonly digests: Uint8Array;
  readonly size: number;
  readonly leaf: Uint8Array;
}

/** Files by what the entries of one list of algorithms know of them. */
class StrayIndex {
  readonly #count: number;
  readonly #sized: boolean;
  /** Null for a file that could not be read. */
  readonly #of: (file: number) => Wanted | null;
  #withLeaf = false;
  #keys = new ByteTable();
  #first = new Column(Int32Array, -1);
  #next = new Column(Int32Array, -1);
  /** By key: the first file that may be free. */
  #head = new Column(Int32Array, -1);

  constructor(count: number, sized: boolean, of: (file: number) => Wanted | null) {
    this.#count = count;
    this.#sized = sized;
    this.#of = of;
  }

  build(withLeaf: boolean): void {
    this.#withLeaf = withLeaf;
    this.#keys = new ByteTable();
    this.#first = new Column(Int32Array, -1);
    this.#next = new Column(Int32Array, -1);
    this.#head = new Column(Int32Array, -1);
    for (let file = this.#count - 1; file >= 0; file--) {
      const known = this.#of(file);
      if (known === null) continue;
      const key = this.#keys.add(this.#key(known));
      this.#next.set(file, this.#first.at(key));
      this.#first.set(key, file);
      this.#head.set(key, file);
    }
  }

  /** The first file that is not taken; −1 where there is none. */
  takeFree(wanted: Wanted, taken: Column<Uint8Array>): number {
    const key = this.#keys.find(this.#key(wanted));
    if (key < 0) return -1;
    let file = this.#head.at(key);
    while (file >= 0 && taken.at(file) === 1) file = this.#next.at(file);
    this.#head.set(key, file);
    return file;
  }

  any(wanted: Wanted): number {
    const key = this.#keys.find(this.#key(wanted));
    return key < 0 ? -1 : this.#first.at(key);
  }

  #key({ digests, size, leaf }: Wanted): Uint8Array {
    const key = new Uint8Array(digests.length + (this.#sized ? sizeBytes : 0) + (this.#withLeaf ? leaf.length : 0));
    key.set(digests);
    let at = digests.length;
    if (this.#sized) {
      new DataView(key.buffer).setFloat64(at, size);
      at += sizeBytes;
    }
    if (this.#withLeaf) key.set(leaf, at);
    return key;
  }
}
