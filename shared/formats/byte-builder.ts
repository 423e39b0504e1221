/**
 * A growing run of bytes. Results are written as bytes from the start: a name goes from the batch
 * to the output without ever being a string, which is both exact (names are bytes) and quick.
 */
const hexDigits = new TextEncoder().encode('0123456789abcdef');
const encoder = new TextEncoder();

/** From this length on one call of the runtime copies faster than a loop. */
const longCopy = 128;

export class ByteBuilder {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written since the builder was last emptied. */
  get length(): number {
    return this.#length;
  }

  /** What was written, in place: valid until the next call. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins anew in the same memory. */
  clear(): void {
    this.#length = 0;
  }

  /** A copy of what was written; the builder begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const chunk = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return chunk;
  }

  #reserve(more: number): Uint8Array {
    const needed = this.#length + more;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    return this.#bytes;
  }

  byte(value: number): void {
    this.#reserve(1)[this.#length++] = value;
  }

  /** The bytes of `source` from `start` to before `end`. */
  bytes(source: Uint8Array, start = 0, end = source.length): void {
    const target = this.#reserve(end - start);
    let at = this.#length;
    if (end - start < longCopy) for (let from = start; from < end; from++) target[at++] = source[from]!;
    else target.set(source.subarray(start, end), at);
    this.#length += end - start;
  }

  /** Any text, as UTF-8. */
  text(text: string): void {
    const target = this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, target.subarray(this.#length)).written;
  }

  /** Lower-case hex of the bytes of `source` from `start` to before `end`. */
  hex(source: Uint8Array, start = 0, end = source.length): void {
    const target = this.#reserve((end - start) * 2);
    let at = this.#length;
    for (let from = start; from < end; from++) {
      const value = source[from]!;
      target[at++] = hexDigits[value >> 4]!;
      target[at++] = hexDigits[value & 15]!;
    }
    this.#length = at;
  }

  /** A whole number from 0 on, in decimal. */
  decimal(value: number): void {
    if (value > 0x7fffffff) {
      this.text(String(value));
      return;
    }
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    const target = this.#reserve(digits);
    this.#length += digits;
    let rest = value | 0;
    for (let at = this.#length - 1; digits > 0; at--, digits--) {
      target[at] = 0x30 + (rest % 10);
      rest = (rest / 10) | 0;
    }
  }
}
