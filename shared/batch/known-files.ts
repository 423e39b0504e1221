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
import { fullIdentityBytes, recordFlags } from './layout.ts';
import { type HashKey, NameHash } from './name-hash.ts';
import type { BatchView } from './reader.ts';

export interface KnownFilesTable {
  readonly table: Uint8Array;
  /** 16 bytes. */
  readonly key: Uint8Array;
}

const slotWords = 4;

export class KnownFiles {
  readonly #key: HashKey;
  readonly #hash: NameHash;
  /** Of its own, for the caller's may be the other. */
  readonly #print: NameHash;
  #words = new Uint32Array(64 * slotWords);
  /** One less than the number of slots. */
  #mask = 63;
  #count = 0;
  readonly #identity = new Uint8Array(fullIdentityBytes);

  constructor(key: HashKey) {
    this.#key = key;
    this.#hash = new NameHash(key);
    this.#print = new NameHash(key);
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Takes in the record's file, in place of one of its name; only a record with the flag `identity` says enough of it
   * to be known again. The numbers are those of `NameHash.name`, where the caller has them.
   */
  add(batch: BatchView, index: number, { low, high } = this.#hash.name(batch, index)): void {
    if ((batch.flags(index) & recordFlags.identity) === 0) {
      this.forget(low, high);
      return;
    }
    if ((this.#count + 1) * 2 > this.#mask) this.#grow();
    const at = this.#find(low, high);
    if (this.#isEmpty(at)) this.#count++;
    batch.identityInto(index, this.#identity);
    const print = this.#print.identity(this.#identity);
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.#words[at + 2] = print.low;
    this.#words[at + 3] = print.high;
  }

  /** No file of this name is known from now on. */
  forget(low: number, high: number): void {
    const at = this.#find(low, high);
    if (this.#isEmpty(at)) return;
    // The slot stays taken, or those behind it would not be found; no file has this print but by chance.
    this.#words.fill(0xffff_ffff, at + 2, at + 4);
  }

  /** For the engine, without a copy: nothing may be added while it is used. */
  table(): KnownFilesTable {
    return { table: new Uint8Array(this.#words.buffer), key: new Uint8Array(Int32Array.from(this.#key).buffer) };
  }

  /** Where the name's slot, or the free one for it, begins. */
  #find(low: number, high: number): number {
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * slotWords;
      if (this.#isEmpty(at) || (this.#words[at] === low && this.#words[at + 1] === high)) return at;
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
      const to = this.#find(old[at]!, old[at + 1]!);
      for (let word = 0; word < slotWords; word++) this.#words[to + word] = old[at + word]!;
    }
  }
}
