/** Which rows are selected: one bit a row, so that selecting a million costs no million objects. */

export class Selection {
  readonly #bits: Uint8Array;
  readonly count: number;

  private constructor(bits: Uint8Array, count: number) {
    this.#bits = bits;
    this.count = count;
  }

  static readonly none = new Selection(new Uint8Array(1024), 0);

  static of(rows: Iterable<number>): Selection {
    return Selection.none.changed(rows, true);
  }

  /** With these rows taken in or out. */
  changed(rows: Iterable<number>, isIn: boolean): Selection {
    let bits = this.#bits.slice();
    let { count } = this;
    for (const row of rows) {
      if (row >>> 3 >= bits.length) {
        if (!isIn) continue;
        const larger = new Uint8Array(Math.max(bits.length * 2, (row >>> 3) + 1));
        larger.set(bits);
        bits = larger;
      }
      const bit = 1 << (row & 7);
      if (((bits[row >>> 3]! & bit) !== 0) === isIn) continue;
      bits[row >>> 3]! ^= bit;
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
