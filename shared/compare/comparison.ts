/** How two sides differ, file by file. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { ByteTable } from '../verify/byte-table.ts';
import { Column } from '../verify/columns.ts';
import { windowsName } from '../verify/names.ts';
import { normalisedKey } from '../verify/normalised.ts';
import { Side, sameBytes } from './side.ts';

export const compareStatuses = [
  'same',
  'changed',
  'left-only',
  'right-only',
  'moved',
  'not-comparable',
  'unreadable',
] as const;
export type CompareStatus = (typeof compareStatuses)[number];

const fits = ['checksum', 'broken', 'secure'];

/** The strongest first. */
function byStrength(names: readonly AlgorithmName[]): AlgorithmName[] {
  const rank = (name: AlgorithmName): number => fits.indexOf(algorithm(name).fit) * 1000 + algorithm(name).digestLength;
  return [...names].sort((a, b) => rank(b) - rank(a));
}

export class Comparison {
  /** Every path of either side. */
  readonly paths = new ByteTable();
  readonly left = new Side();
  readonly right = new Side();
  /** The path of the right side that a path of the left one is held against, where it is another: number + 1. */
  readonly #partner = new Column(Int32Array);
  /** Paths of the right side that are another's partner. */
  readonly #isPartner = new Column(Uint8Array);
  readonly #moved = new Column(Uint8Array);

  /** The path of the right side that stands for `path` of the left one; −1 where there is none. */
  partner(path: number): number {
    const other = this.#partner.at(path);
    if (other > 0) return other - 1;
    return this.right.has(path) && this.#isPartner.at(path) === 0 ? path : -1;
  }

  isMoved(path: number): boolean {
    return this.#moved.at(path) === 1;
  }

  #pair(left: number, right: number): void {
    this.#partner.set(left, right + 1);
    this.#isPartner.set(right, 1);
  }

  /** Paths of the left side without a partner. */
  leftOnly(): number[] {
    return this.#numbers().filter((path) => this.left.has(path) && this.partner(path) < 0);
  }

  /** Paths of the right side that are nobody's partner. */
  rightOnly(): number[] {
    return this.#numbers().filter(
      (path) => this.right.has(path) && this.#isPartner.at(path) === 0 && !this.left.has(path),
    );
  }

  #numbers(): number[] {
    return Array.from({ length: this.paths.count }, (_, path) => path);
  }

  /** Names that differ only in separators or normalisation are one file, where that is no guess. */
  pairSpellings(): void {
    const right = new Map<string, number[]>();
    for (const path of this.rightOnly()) {
      const key = spelling(this.paths.bytes(path));
      if (key !== null) right.set(key, [...(right.get(key) ?? []), path]);
    }
    if (right.size === 0) return;
    const left = new Map<string, number[]>();
    for (const path of this.leftOnly()) {
      const key = spelling(this.paths.bytes(path));
      if (key !== null && right.has(key)) left.set(key, [...(left.get(key) ?? []), path]);
    }
    for (const [key, paths] of left) {
      const others = right.get(key)!;
      if (paths.length === 1 && others.length === 1) this.#pair(paths[0]!, others[0]!);
    }
  }

  /**
   * Pairs what only one side has with what only the other has, by content, as a multiset: names with the same last
   * segment first.
   */
  pairMoved(): void {
    const [left, right] = [this.leftOnly(), this.rightOnly()];
    if (left.length === 0 || right.length === 0) return;
    const free = new Set(right);
    for (const withLeaf of [true, false]) {
      const index = new ContentIndex(this, this.right, withLeaf);
      for (const path of right) if (free.has(path)) index.add(path);
      for (const path of left) {
        if (this.partner(path) >= 0 || this.left.state(path) !== 'ok') continue;
        const found = index.take(path, this.left, free);
        if (found < 0) continue;
        free.delete(found);
        this.#pair(path, found);
        this.#moved.set(path, 1);
      }
    }
  }

  /** The status of a path that one of the sides has, and that is nobody's partner. */
  status(path: number): CompareStatus {
    if (!this.left.has(path)) return this.right.state(path) === 'unreadable' ? 'unreadable' : 'right-only';
    if (this.left.state(path) === 'unreadable') return 'unreadable';
    const other = this.partner(path);
    if (other < 0) return 'left-only';
    if (this.right.state(other) === 'unreadable') return 'unreadable';
    if (this.isMoved(path)) return 'moved';
    return this.#contents(path, other);
  }

  #contents(left: number, right: number): CompareStatus {
    if (this.left.state(left) !== 'ok' || this.right.state(right) !== 'ok') return 'not-comparable';
    const [leftSize, rightSize] = [this.left.size(left), this.right.size(right)];
    if (leftSize >= 0 && rightSize >= 0 && leftSize !== rightSize) return 'changed';
    const common = this.common(left, right);
    // The same size says nothing of the content.
    if (common.length === 0) return 'not-comparable';
    const holds = (name: AlgorithmName): boolean =>
      sameBytes(this.left.digest(left, name)!, this.right.digest(right, name)!);
    // ETags by several part sizes are alternatives: nobody says which one is meant.
    const etags = common.filter((name) => algorithm(name).encoding === 's3-etag');
    const isSame =
      common.every((name) => etags.includes(name) || holds(name)) && (etags.length === 0 || etags.some(holds));
    return isSame ? 'same' : 'changed';
  }

  /** Algorithms that both sides have of a pair, the strongest first. */
  common(left: number, right: number): AlgorithmName[] {
    const others = this.right.algorithms(right);
    return byStrength(this.left.algorithms(left).filter((name) => others.includes(name)));
  }

  /** Paths that have a line of their own, in the order of their bytes. */
  listed(compare: (a: Uint8Array, b: Uint8Array) => number): number[] {
    return this.#numbers()
      .filter((path) => this.left.has(path) || (this.right.has(path) && this.#isPartner.at(path) === 0))
      .sort((a, b) => compare(this.paths.bytes(a), this.paths.bytes(b)));
  }
}

/** Null for a name that has no other spelling. */
function spelling(name: Uint8Array): string | null {
  const turned = windowsName(name);
  const key = turned.kind === 'inside' ? turned.key : name;
  return normalisedKey(key) ?? String.fromCharCode(...key.subarray(0, 4096));
}

/** Files of one side by each of their digests. */
class ContentIndex {
  readonly #of: Comparison;
  readonly #side: Side;
  readonly #withLeaf: boolean;
  readonly #keys = new ByteTable();
  readonly #files: number[][] = [];

  constructor(of: Comparison, side: Side, withLeaf: boolean) {
    this.#of = of;
    this.#side = side;
    this.#withLeaf = withLeaf;
  }

  add(path: number): void {
    if (this.#side.state(path) !== 'ok') return;
    for (const name of this.#side.algorithms(path)) {
      const key = this.#keys.add(this.#key(path, name, this.#side.digest(path, name)!));
      const files = this.#files[key];
      if (files === undefined) this.#files[key] = [path];
      else files.push(path);
    }
  }

  /** A free file with the content of `path` on the other side; −1 where there is none. */
  take(path: number, other: Side, free: ReadonlySet<number>): number {
    for (const name of byStrength(other.algorithms(path))) {
      const key = this.#keys.find(this.#key(path, name, other.digest(path, name)!));
      const files = key < 0 ? [] : this.#files[key]!;
      // What is taken at the front is never looked at again.
      while (files.length > 0 && !free.has(files.at(-1)!)) files.pop();
      for (let at = files.length - 1; at >= 0; at--) {
        const file = files[at]!;
        if (free.has(file) && this.#isSame(path, file, other)) return file;
      }
    }
    return -1;
  }

  #isSame(path: number, file: number, other: Side): boolean {
    const [size, otherSize] = [this.#side.size(file), other.size(path)];
    if (size >= 0 && otherSize >= 0 && size !== otherSize) return false;
    return other.algorithms(path).every((name) => {
      const digest = this.#side.digest(file, name);
      return digest === null || sameBytes(digest, other.digest(path, name)!);
    });
  }

  #key(path: number, name: AlgorithmName, digest: Uint8Array): Uint8Array {
    const bytes = this.#of.paths.bytes(path);
    const leaf = this.#withLeaf ? bytes.subarray(bytes.lastIndexOf(0x2f) + 1) : bytes.subarray(0, 0);
    const key = new Uint8Array(1 + digest.length + leaf.length);
    key[0] = algorithm(name).id;
    key.set(digest, 1);
    key.set(leaf, 1 + digest.length);
    return key;
  }
}
