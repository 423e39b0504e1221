/** What one side of a comparison knows of its files, in columns: sizes, and digests by whatever algorithms. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { AlgorithmLists, digestBytes } from '../verify/algorithm-lists.ts';
import { ByteArena, Column } from '../verify/columns.ts';

/** `ok` until something is known that forbids comparing. */
export type SideState = 'absent' | 'ok' | 'unreadable' | 'contradictory';
const states: readonly SideState[] = ['absent', 'ok', 'unreadable', 'contradictory'];

export class Side {
  readonly #state = new Column(Uint8Array);
  readonly #size = new Column(Float64Array, -1);
  readonly #lists = new AlgorithmLists();
  readonly #list = new Column(Uint32Array);
  readonly #offset = new Column(Uint32Array);
  readonly #arena = new ByteArena();
  readonly #errors = new Map<number, string>();

  constructor() {
    this.#lists.number([]);
  }

  state(path: number): SideState {
    return states[this.#state.at(path)]!;
  }

  has(path: number): boolean {
    return this.#state.at(path) !== 0;
  }

  /** The file is there; of its content nothing is known yet. */
  put(path: number): void {
    if (!this.has(path)) this.#state.set(path, 1);
  }

  /** Bytes; −1 where it is not known. */
  size(path: number): number {
    return this.#size.at(path);
  }

  setSize(path: number, size: number): void {
    const before = this.size(path);
    if (before >= 0 && before !== size) this.#state.set(path, 3);
    this.#size.set(path, size);
  }

  fail(path: number, code: string): void {
    this.#state.set(path, 2);
    this.#errors.set(path, code);
  }

  /** Why the file is unreadable; '' for any other. */
  error(path: number): string {
    return this.#errors.get(path) ?? '';
  }

  algorithms(path: number): readonly AlgorithmName[] {
    return this.#lists.at(this.#list.at(path));
  }

  /** The digest by `name`, in place; null where there is none. */
  digest(path: number, name: AlgorithmName): Uint8Array | null {
    const names = this.algorithms(path);
    const at = names.indexOf(name);
    if (at < 0) return null;
    const offset = this.#offset.at(path) + digestBytes(names.slice(0, at));
    return this.#arena.view(offset, algorithm(name).digestLength);
  }

  /** Adds digests to those that are known; one that contradicts another makes the file `contradictory`. */
  addDigests(path: number, names: readonly AlgorithmName[], digests: Uint8Array): void {
    this.put(path);
    const known = this.algorithms(path);
    if (known.length === 0) {
      this.#set(path, names, digests);
      return;
    }
    const all = new Map<AlgorithmName, Uint8Array>(known.map((name) => [name, this.digest(path, name)!.slice()]));
    let at = 0;
    for (const name of names) {
      const digest = digests.subarray(at, at + algorithm(name).digestLength);
      at += digest.length;
      const before = all.get(name);
      if (before === undefined) all.set(name, digest);
      else if (!sameBytes(before, digest)) this.#state.set(path, 3);
    }
    const joined = new Uint8Array(digestBytes([...all.keys()]));
    let end = 0;
    for (const digest of all.values()) {
      joined.set(digest, end);
      end += digest.length;
    }
    this.#set(path, [...all.keys()], joined);
  }

  #set(path: number, names: readonly AlgorithmName[], digests: Uint8Array): void {
    this.#list.set(path, this.#lists.number(names));
    this.#offset.set(path, this.#arena.append(digests));
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
