/** Which rows are selected: one bit a row, so that selecting a million costs no million objects. */

export class Selection {
  readonly #bits: Uint8Array;
  readonly count: number;

  private constructor(bits: Uint8Array, count: number) {
    this.#bits = bits;
    this.count = count;
  }

  static readonly none = new Selection(new Uint8Array(1024), 0);

  static of(rows: Iterable<number> | Uint32Array): Selection {
    return Selection.none.changed(rows, true);
  }

  /** With these rows taken in or out. */
  changed(rows: Iterable<number> | Uint32Array, isIn: boolean): Selection {
    const list = rows instanceof Uint32Array ? rows : Uint32Array.from(rows);
    let last = 0;
    // By index: an iterator takes many times longer, and there may be a million.
    for (let at = 0; at < list.length; at++) if (list[at]! > last) last = list[at]!;
    const bytes = this.#bits.length;
    const bits = new Uint8Array(isIn && last >>> 3 >= bytes ? Math.max(bytes * 2, (last >>> 3) + 1) : bytes);
    bits.set(this.#bits);
    let { count } = this;
    for (let at = 0; at < list.length; at++) {
      const byte = list[at]! >>> 3;
      const bit = 1 << (list[at]! & 7);
      if (byte >= bits.length || ((bits[byte]! & bit) !== 0) === isIn) continue;
      bits[byte]! ^= bit;
      count += isIn ? 1 : -1;
    }
    return new Selection(bits, count);
  }

  /** Those below `end`, in their order. */
  *rows(end: number): Generator<number> {
    if (this.count === 0) return;
    for (let byte = 0; byte < this.#bits.length; byte++) {
      if (this.#bits[byte] === 0) continue;
      for (let row = byte * 8; row < byte * 8 + 8 && row < end; row++) if (this.has(row)) yield row;
    }
  }

  has(row: number): boolean {
    return row >>> 3 < this.#bits.length && ((this.#bits[row >>> 3]! >> (row & 7)) & 1) === 1;
  }

  /** With this row taken in, or out when it was in. */
  toggled(row: number): Selection {
    return this.changed([row], !this.has(row));
  }
}
