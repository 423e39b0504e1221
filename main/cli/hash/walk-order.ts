/**
 * Puts results back into the order of the walk. Entries are numbered as they are found and finish
 * as they please, so what comes early waits here until its turn. The engine keeps a bound on how far
 * ahead it works (65,536 entries), which bounds what waits. Slabs are not held: a batch of which
 * anything must wait is copied, so that the engine goes on.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import { EngineError } from '../../engine/engine.ts';
import { CopyPool } from './copy-pool.ts';

/** A batch of which records wait. */
interface Held {
  batch: BatchView;
  waiting: number;
  /** What the batch was copied to; undefined while it lies in its slab. */
  copy: Uint8Array | undefined;
}

export class WalkOrder {
  readonly #emit: (batch: BatchView, index: number) => void;
  readonly #copies = new CopyPool();
  /** By number, from 1 on. */
  readonly #held: (Held | undefined)[] = [undefined];
  readonly #freeNumbers: number[] = [];
  #next = 0;
  /**
   * Rings as long as each other, a power of two: for entry n they hold, at n modulo the length, the
   * number of its batch, or 0 while it has not come, and its index therein.
   */
  #number: Uint32Array;
  #index: Uint16Array;

  constructor(emit: (batch: BatchView, index: number) => void, capacity = 1 << 16) {
    this.#emit = emit;
    this.#number = new Uint32Array(capacity);
    this.#index = new Uint16Array(capacity);
  }

  /** Emits what is due; on return nothing refers to the batch's bytes. Throws when an entry comes twice. */
  accept(batch: BatchView): void {
    if (batch.count === 0) return;
    const held: Held = { batch, waiting: batch.count, copy: undefined };
    const number = this.#freeNumbers.pop() ?? this.#held.length;
    this.#held[number] = held;
    for (let index = 0; index < batch.count; index++) this.#hold(batch.entryId(index), number, index);
    this.#emitDue();
    if (held.waiting === 0) return;
    held.copy = this.#copies.take(batch.bytes.length);
    held.batch = batch.copyTo(held.copy);
  }

  #hold(entry: number, number: number, index: number): void {
    while (entry - this.#next >= this.#number.length) this.#grow();
    const at = entry & (this.#number.length - 1);
    if (entry < this.#next || this.#number[at] !== 0) {
      throw new EngineError('RESULTS_DOUBLED', `the engine gave two results for entry ${entry}; please report this`);
    }
    this.#number[at] = number;
    this.#index[at] = index;
  }

  #emitDue(): void {
    const mask = this.#number.length - 1;
    for (;;) {
      const at = this.#next & mask;
      const number = this.#number[at]!;
      if (number === 0) return;
      const held = this.#held[number]!;
      this.#number[at] = 0;
      this.#next++;
      this.#emit(held.batch, this.#index[at]!);
      if (--held.waiting === 0) this.#drop(number, held);
    }
  }

  #drop(number: number, held: Held): void {
    this.#held[number] = undefined;
    this.#freeNumbers.push(number);
    if (held.copy) this.#copies.give(held.copy);
  }

  #grow(): void {
    const numbers = this.#number;
    const indices = this.#index;
    this.#number = new Uint32Array(numbers.length * 2);
    this.#index = new Uint16Array(numbers.length * 2);
    for (let entry = this.#next; entry < this.#next + numbers.length; entry++) {
      const from = entry & (numbers.length - 1);
      const to = entry & (this.#number.length - 1);
      this.#number[to] = numbers[from]!;
      this.#index[to] = indices[from]!;
    }
  }
}
