/**
 * Where the result of a name lies, for a million names and more: 24 bytes each, a third to two thirds of them empty.
 * Names are told by the 64 bits of `NameHash`.
 */

export interface IndexedResult {
  /** Number of the block, and of the record in it. */
  readonly block: number;
  readonly index: number;
  readonly statusNumber: number;
  /** Bytes. */
  readonly size: number;
}

const slotWords = 6;
/** In the word of index and status: the slot is taken. */
const taken = 0x8000_0000;

export class NameIndex {
  #words = new Uint32Array(64 * slotWords);
  #mask = 63;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get(low: number, high: number): IndexedResult | undefined {
    const at = this.#find(low, high);
    return this.#words[at + 3] === 0 ? undefined : this.#at(at);
  }

  set(low: number, high: number, { block, index, statusNumber, size }: IndexedResult): void {
    if (this.#count * 3 > this.#mask * 2) this.#grow();
    const at = this.#find(low, high);
    const words = this.#words;
    if (words[at + 3] === 0) this.#count++;
    words[at] = low;
    words[at + 1] = high;
    words[at + 2] = block;
    words[at + 3] = taken | (statusNumber << 20) | index;
    words[at + 4] = size % 2 ** 32;
    words[at + 5] = Math.floor(size / 2 ** 32);
  }

  forEach(visit: (result: IndexedResult) => void): void {
    for (let at = 0; at < this.#words.length; at += slotWords) if (this.#words[at + 3] !== 0) visit(this.#at(at));
  }

  #at(at: number): IndexedResult {
    const words = this.#words;
    const packed = words[at + 3]!;
    return {
      block: words[at + 2]!,
      index: packed & 0xf_ffff,
      statusNumber: (packed >>> 20) & 0x7ff,
      size: words[at + 5]! * 2 ** 32 + words[at + 4]!,
    };
  }

  #find(low: number, high: number): number {
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * slotWords;
      const words = this.#words;
      if (words[at + 3] === 0 || (words[at] === low && words[at + 1] === high)) return at;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += slotWords) {
      if (old[at + 3] === 0) continue;
      const to = this.#find(old[at]!, old[at + 1]!);
      for (let word = 0; word < slotWords; word++) this.#words[to + word] = old[at + word]!;
    }
  }
}
