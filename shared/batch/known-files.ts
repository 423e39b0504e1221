/**
 * Files that an earlier run of a job has read, in a form that the engine's walk looks up: a run that goes on passes
 * over a file when its name, size, times and inode are what they were. Sixteen bytes a file, half of them empty.
 *
 * The table has a power of two of slots, each of four 32-bit numbers: the hash of the name and its root (which also
 * says where the slot is; the next free one is taken), and that of size, modification time, change time and inode.
 * Four zeros are an empty slot. Both are HalfSipHash-2-4 (Aumasson and Bernstein) under a key of this run's own:
 * names are anybody's, and who does not know the key cannot choose two that collide. A new file would be passed over
 * by mistake only if both hashes agreed by chance, 128 bits.
 */
import { identityBytes, recordFlags } from './layout.ts';
import type { BatchView } from './reader.ts';

export interface KnownFilesTable {
  readonly table: Uint8Array;
  /** 16 bytes. */
  readonly key: Uint8Array;
}

/** Four 32-bit numbers. */
export type KnownKey = readonly [number, number, number, number];

const slotWords = 4;

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

export class KnownFiles {
  readonly #key: KnownKey;
  #words: Uint32Array;
  /** One less than the number of slots. */
  #mask: number;
  #count = 0;
  #scratch = new Uint8Array(4096);
  readonly #identity = new Uint8Array(32);

  /** `expected`: files that there will be about, to begin with. */
  constructor(key: KnownKey, expected = 0) {
    this.#key = key;
    let slots = 64;
    while (slots < expected * 2) slots *= 2;
    this.#words = new Uint32Array(slots * slotWords);
    this.#mask = slots - 1;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes in the record's file; only a record with the flag `identity` says enough of it to be known again. */
  add(batch: BatchView, index: number): void {
    if ((batch.flags(index) & recordFlags.identity) === 0) return;
    if ((this.#count + 1) * 2 > this.#mask) this.#grow();
    this.#hashName(batch, index);
    const [place0, place1] = [result[0]!, result[1]!];
    batch.identityInto(index, this.#identity);
    halfSip(this.#key[2], this.#key[3], this.#identity, 32);
    const at = this.#find(place0, place1);
    if (this.#isEmpty(at)) this.#count++;
    this.#words.set([place0, place1, result[0]!, result[1]!], at);
  }

  /** Whether a file of the record's name and root was taken in, whatever it was like then. */
  hasName(batch: BatchView, index: number): boolean {
    this.#hashName(batch, index);
    return !this.#isEmpty(this.#find(result[0]!, result[1]!));
  }

  /** For the engine, without a copy: nothing may be added while it is used. */
  table(): KnownFilesTable {
    return { table: new Uint8Array(this.#words.buffer), key: new Uint8Array(Uint32Array.from(this.#key).buffer) };
  }

  #hashName(batch: BatchView, index: number): void {
    const start = batch.nameStart(index);
    const length = batch.nameLength(index);
    if (this.#scratch.length < length + 2) this.#scratch = new Uint8Array(length + 2);
    const scratch = this.#scratch;
    for (let at = 0; at < length; at++) scratch[at] = batch.bytes[start + at]!;
    const root = batch.root(index);
    scratch[length] = root & 0xff;
    scratch[length + 1] = root >>> 8;
    halfSip(this.#key[0], this.#key[1], scratch, length + 2);
  }

  /** Where the name's slot, or the free one for it, begins. */
  #find(place0: number, place1: number): number {
    for (let slot = place0 & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * slotWords;
      if (this.#isEmpty(at) || (this.#words[at] === place0 && this.#words[at + 1] === place1)) return at;
    }
  }

  #isEmpty(at: number): boolean {
    const words = this.#words;
    return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0;
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += slotWords) {
      if ((old[at]! | old[at + 1]! | old[at + 2]! | old[at + 3]!) === 0) continue;
      this.#words.set(old.subarray(at, at + slotWords), this.#find(old[at]!, old[at + 1]!));
    }
  }
}

/** Bytes of what `BatchView.identityInto` writes: size, modification time, change time, inode. */
export const fullIdentityBytes = 16 + identityBytes;
