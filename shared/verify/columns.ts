/** Columns that grow: a million entries are a few typed arrays, not a million objects. */
type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

export class Column<A extends NumberArray> {
  #values: A;
  #length = 0;
  readonly #fill: number;

  /** `fill`: what a value is that was never set. */
  constructor(empty: new (length: number) => A, fill = 0) {
    this.#values = new empty(1024);
    this.#fill = fill;
    if (fill !== 0) this.#values.fill(fill);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return index < this.#length ? this.#values[index]! : this.#fill;
  }

  /** Grows as far as `index`; what is as it would be anyway takes no memory. */
  set(index: number, value: number): void {
    if (value === this.#fill && index >= this.#length) return;
    if (index >= this.#values.length) this.#grow(index + 1);
    this.#values[index] = value;
    if (index >= this.#length) this.#length = index + 1;
  }

  /** Sets the value behind the last one, whatever it is. */
  push(value: number): void {
    const index = this.#length;
    if (index >= this.#values.length) this.#grow(index + 1);
    this.#values[index] = value;
    this.#length = index + 1;
  }

  #grow(needed: number): void {
    const make = this.#values.constructor as new (length: number) => A;
    const grown = new make(Math.max(needed, this.#values.length * 2));
    grown.set(this.#values);
    if (this.#fill !== 0) grown.fill(this.#fill, this.#values.length);
    this.#values = grown;
  }
}

const pageBits = 20;
const pageBytes = 1 << pageBits;

/** Runs of bytes, each found again by its offset; at most 1 MiB each and 4 GiB together. */
export class ByteArena {
  readonly #pages: Uint8Array[] = [];
  #used = pageBytes;

  /** Copies the bytes from `start` to before `end` and returns their offset. */
  append(bytes: Uint8Array, start = 0, end = bytes.length): number {
    const length = end - start;
    if (length === 0) return 0;
    if (length > pageBytes) throw new RangeError('more than 1 MiB in one run');
    if (this.#used + length > pageBytes) {
      this.#pages.push(new Uint8Array(pageBytes));
      this.#used = 0;
    }
    const at = this.#used;
    this.#pages.at(-1)!.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), at);
    this.#used += length;
    return (this.#pages.length - 1) * pageBytes + at;
  }

  /** In place. */
  view(offset: number, length: number): Uint8Array {
    if (length === 0) return none;
    const at = offset & (pageBytes - 1);
    return this.#pages[Math.floor(offset / pageBytes)]!.subarray(at, at + length);
  }

  /** Whether the run at `offset` is the bytes from `start` to before `end`. */
  equals(offset: number, bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    if (start === end) return true;
    const page = this.#pages[Math.floor(offset / pageBytes)]!;
    let at = offset & (pageBytes - 1);
    for (let from = start; from < end; from++) if (page[at++] !== bytes[from]) return false;
    return true;
  }
}

const none = new Uint8Array(0);
