/** Which rows are selected: one bit a row, so that selecting a million costs no million objects. */

export class Selection {
  readonly #bits: Uint8Array;
  readonly count: number;

  private constructor(bits: Uint8Array, count: number) {
    this.#bits = bits;
    this.count = count;
  }

  static readonly none = new Selection(new Uint8Array(0), 0);

  static of(rows: Iterable<number>): Selection {
    let bits = new Uint8Array(1024);
    let count = 0;
    for (const row of rows) {
      if (row >>> 3 >= bits.length) {
        const larger = new Uint8Array(Math.max(bits.length * 2, (row >>> 3) + 1));
        larger.set(bits);
        bits = larger;
      }
      if ((bits[row >>> 3]! >> (row & 7)) & 1) continue;
      bits[row >>> 3]! |= 1 << (row & 7);
      count++;
    }
    return new Selection(bits, count);
  }

  has(row: number): boolean {
    return row >>> 3 < this.#bits.length && ((this.#bits[row >>> 3]! >> (row & 7)) & 1) === 1;
  }

  /** With this row taken in, or out when it was in. */
  toggled(row: number): Selection {
    const bits = new Uint8Array(Math.max(this.#bits.length, (row >>> 3) + 1));
    bits.set(this.#bits);
    bits[row >>> 3]! ^= 1 << (row & 7);
    return new Selection(bits, this.count + (this.has(row) ? -1 : 1));
  }
}
