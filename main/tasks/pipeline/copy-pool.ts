/** Memory for copies of batches. Fresh memory costs the system more than the copying, so it is used again. */

/** Smaller copies are left to the garbage collector: there may be tens of thousands of them. */
const leastPooledBytes = 64 << 10;
/** As long as the engine's slabs, so that any buffer serves any of its batches. */
const bufferBytes = 512 << 10;
const mostSpare = 16;

export class CopyPool {
  readonly #spare: Uint8Array[] = [];

  /** At least `length` bytes of any content. */
  take(length: number): Uint8Array {
    if (length < leastPooledBytes) return new Uint8Array(length);
    const spare = this.#spare.pop();
    return spare !== undefined && spare.length >= length ? spare : new Uint8Array(Math.max(length, bufferBytes));
  }

  /** What `take` gave and nobody uses any more. */
  give(buffer: Uint8Array): void {
    if (buffer.length >= bufferBytes && this.#spare.length < mostSpare) this.#spare.push(buffer);
  }
}
