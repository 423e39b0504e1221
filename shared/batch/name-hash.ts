/**
 * Names under a keyed hash: HalfSipHash-2-4 (Aumasson and Bernstein) with 64 bits of key and of result. Names are
 * anybody's, and who does not know the key cannot choose two that collide. Numbers of 32 bits throughout, which
 * JavaScript is fast at.
 */
import type { BatchView } from './reader.ts';

/** Four 32-bit numbers: two for names, two for what else is known of a file. */
export type HashKey = readonly [number, number, number, number];

/** The two halves of the last hash. */
const result = new Uint32Array(2);

/** HalfSipHash-2-4 of the first `length` bytes, little endian, into `result`. */
function halfSip(key0: number, key1: number, bytes: Uint8Array, length: number): void {
  let v0 = key0 | 0;
  let v1 = key1 ^ 0xee;
  let v2 = 0x6c796765 ^ key0;
  let v3 = 0x74656462 ^ key1;
  const whole = length & ~3;
  for (let at = 0; ; at += 4) {
    let word = 0;
    let rounds = 2;
    if (at < whole) {
      word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    } else if (at === whole) {
      word = length << 24;
      for (let rest = whole; rest < length; rest++) word |= bytes[rest]! << (8 * (rest - whole));
    } else if (at === whole + 4) {
      v2 ^= 0xee;
      rounds = 4;
    } else {
      result[0] = v1 ^ v3;
      v1 ^= 0xdd;
      rounds = 4;
    }
    v3 ^= word;
    for (; rounds > 0; rounds--) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
    if (at === whole + 8) {
      result[1] = v1 ^ v3;
      return;
    }
  }
}

/** HalfSipHash-2-4 of `bytes` with 64 bits of key and of result, as two numbers: for its published test values. */
export function halfSipHash(key0: number, key1: number, bytes: Uint8Array): [number, number] {
  halfSip(key0, key1, bytes, bytes.length);
  return [result[0]!, result[1]!];
}

/** Hashes a record's name together with its root: below two roots a file is two results. */
export class NameHash {
  /** The two halves of the last hash. */
  low = 0;
  high = 0;
  readonly #key: HashKey;
  #scratch = new Uint8Array(4096);

  constructor(key: HashKey) {
    this.#key = key;
  }

  name(batch: BatchView, index: number): this {
    const start = batch.nameStart(index);
    const length = batch.nameLength(index);
    if (this.#scratch.length < length + 2) this.#scratch = new Uint8Array(length + 2);
    const scratch = this.#scratch;
    for (let at = 0; at < length; at++) scratch[at] = batch.bytes[start + at]!;
    const root = batch.root(index);
    scratch[length] = root & 0xff;
    scratch[length + 1] = root >>> 8;
    return this.#take(0, scratch, length + 2);
  }

  /** With the other half of the key. */
  identity(bytes: Uint8Array): this {
    return this.#take(2, bytes, bytes.length);
  }

  #take(key: 0 | 2, bytes: Uint8Array, length: number): this {
    halfSip(this.#key[key], this.#key[key + 1]!, bytes, length);
    this.low = result[0]!;
    this.high = result[1]!;
    return this;
  }
}
