/** Byte strings, each once and numbered from 0: paths, and digests that are looked up. */
import { ByteArena, Column } from './columns.ts';

const firstSlots = 1 << 12;

/** Seeded by chance, so that nobody can choose names that all fall into one place. */
const seed = Math.floor(Math.random() * 2 ** 32) | 0;

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ bytes[at]!, 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class ByteTable {
  readonly #arena = new ByteArena();
  readonly #offsets = new Column(Uint32Array);
  readonly #lengths = new Column(Uint32Array);
  readonly #hashes = new Column(Uint32Array);
  /** Number + 1, or 0 for a free slot. */
  #slots = new Uint32Array(firstSlots);

  get count(): number {
    return this.#offsets.length;
  }

  /** The number of the bytes from `start` to before `end`; −1 when they are not in the table. */
  find(bytes: Uint8Array, start = 0, end = bytes.length): number {
    return this.#lookUp(bytes, start, end, hashOf(bytes, start, end));
  }

  /** Their number; they are added when they are not there. At most 1 MiB. */
  add(bytes: Uint8Array, start = 0, end = bytes.length): number {
    const hash = hashOf(bytes, start, end);
    const found = this.#lookUp(bytes, start, end, hash);
    if (found >= 0) return found;
    const id = this.count;
    this.#offsets.push(this.#arena.append(bytes, start, end));
    this.#lengths.push(end - start);
    this.#hashes.push(hash);
    if (id * 2 >= this.#slots.length) this.#rehash();
    else this.#place(id, hash);
    return id;
  }

  /** In place. */
  bytes(id: number): Uint8Array {
    return this.#arena.view(this.#offsets.at(id), this.#lengths.at(id));
  }

  #lookUp(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot]! - 1;
      if (id < 0) return -1;
      const isSame =
        this.#hashes.at(id) === hash &&
        this.#lengths.at(id) === end - start &&
        this.#arena.equals(this.#offsets.at(id), bytes, start, end);
      if (isSame) return id;
    }
  }

  #place(id: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id + 1;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let id = 0; id < this.count; id++) this.#place(id, this.#hashes.at(id));
  }
}
