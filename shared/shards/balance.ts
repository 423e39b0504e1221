/**
 * Parts of about the same number of bytes, each a run of the walk as far as that goes. Files that would tip the balance
 * are given away first, the largest to the part that has least; what remains fills the parts up one after the other, in
 * the order of the walk, so that neighbours are read by one machine.
 */
import { sink } from './heap.ts';

/** A file above this share of a part is given away by itself: what is left weighs less than half of what 2 % allow. */
const largeShare = 1 / 200;
/** Of more large files than this none could weigh much. */
const maxLarge = 1_000_000;

/** What a file counts for. A byte more than its size, so that empty files are spread, too. */
export function weightOf(size: number): number {
  return size + 1;
}

/** The weight above which a file is large. `total`: the weight of all. */
export function largeWeight(total: number, parts: number): number {
  return Math.max((total / parts) * largeShare, total / maxLarge);
}

export class Balance {
  readonly #target: number;
  readonly #loads: Float64Array;
  readonly #large: Uint32Array;
  readonly #largeFrom: number;
  #nextLarge = 0;
  #filling = 0;

  /** `large`: the weights of all files above `largeWeight`, in the order in which `partOf` will see them. */
  constructor(parts: number, total: number, large: Float64Array) {
    this.#target = total / parts;
    this.#largeFrom = largeWeight(total, parts);
    this.#loads = new Float64Array(parts);
    this.#large = giveAway(large, this.#loads);
  }

  /** The part of the next file of the walk. */
  partOf(size: number): number {
    const weight = weightOf(size);
    if (weight > this.#largeFrom) return this.#large[this.#nextLarge++]!;
    const last = this.#loads.length - 1;
    // Where half of it would hang over it goes to the next one.
    while (this.#filling < last && this.#loads[this.#filling]! + weight / 2 > this.#target) this.#filling++;
    this.#loads[this.#filling]! += weight;
    return this.#filling;
  }
}

/** For each weight its part; `loads` grow by them. The largest first, each to the part that has least. */
function giveAway(weights: Float64Array, loads: Float64Array): Uint32Array {
  const order = Uint32Array.from(weights, (_, index) => index).sort((a, b) => weights[b]! - weights[a]! || a - b);
  const parts = new Uint32Array(weights.length);
  // A heap of the parts; of equal ones the first is on top.
  const heap = Uint32Array.from(loads, (_, part) => part);
  const before = (a: number, b: number): boolean => (loads[a]! === loads[b]! ? a < b : loads[a]! < loads[b]!);
  for (const index of order) {
    const part = heap[0]!;
    parts[index] = part;
    loads[part]! += weights[index]!;
    sink(heap, before);
  }
  return parts;
}
