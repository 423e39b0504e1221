/** Numbers and bytes that look random and are the same on every machine. */
import { type Cipheriv, createCipheriv } from 'node:crypto';

/** A generator of numbers in [0, 1) with a seed (xorshift32, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A size in bytes, lognormal with this median: what source trees, mail and thumbnails look like. */
export function lognormalSize(random: () => number, median: number, max: number): number {
  // Box and Muller's transform: two uniform numbers to a normal one.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(Math.round(median * Math.exp(1.46 * normal)), max);
}

/** Bytes that nothing can compress, many at a time: the keystream of AES-128 in counter mode. */
export class Keystream {
  readonly #cipher: Cipheriv;
  readonly #zeros = Buffer.alloc(1 << 20);

  constructor(seed: number) {
    const key = Buffer.alloc(16);
    key.writeUInt32LE(seed);
    this.#cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  }

  /** At most a MiB. */
  next(length: number): Buffer {
    return this.#cipher.update(this.#zeros.subarray(0, length));
  }
}
