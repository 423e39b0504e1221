/**
 * A growing run of bytes. Results are written as bytes from the start: a name goes from the batch
 * to the output without ever being a string, which is both exact (names are bytes) and quick.
 */
const hexDigits = new TextEncoder().encode('0123456789abcdef');
const encoder = new TextEncoder();

export class ByteBuilder {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length;
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

  bytes(source: Uint8Array): void {
    const target = this.#reserve(source.length);
    target.set(source, this.#length);
    this.#length += source.length;
  }

  /** Any text, as UTF-8. */
  text(text: string): void {
    const target = this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, target.subarray(this.#length)).written;
  }

  /** Lower-case hex of `source`. */
  hex(source: Uint8Array): void {
    const target = this.#reserve(source.length * 2);
    let at = this.#length;
    for (let index = 0; index < source.length; index++) {
      const value = source[index]!;
      target[at++] = hexDigits[value >> 4]!;
      target[at++] = hexDigits[value & 15]!;
    }
    this.#length = at;
  }
}
