/**
 * Puts results back into the order of the walk. Entries are numbered as they are found and finish
 * as they please, so what comes early waits here until its turn. The engine keeps a bound on how far
 * ahead it works (65,536 entries), which bounds what waits. Slabs are not held: a batch of which
 * anything must wait is copied, so that the engine goes on.
 */
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { EngineError } from '../../engine/engine.ts';

interface Held {
  batch: BatchView;
  waiting: number;
}

export class WalkOrder {
  readonly #emit: (batch: BatchView, index: number) => void;
  #next = 0;
  /** Ring: entry n waits at n modulo the length, which is a power of two. */
  #held: (Held | undefined)[];
  #index: Uint32Array;

  constructor(emit: (batch: BatchView, index: number) => void, capacity = 1 << 16) {
    this.#emit = emit;
    this.#held = new Array(capacity).fill(undefined);
    this.#index = new Uint32Array(capacity);
  }

  /** Emits what is due; on return nothing refers to the batch's bytes. Throws when an entry comes twice. */
  accept(batch: BatchView): void {
    const held: Held = { batch, waiting: batch.count };
    for (let index = 0; index < batch.count; index++) this.#hold(held, index);
    this.#emitDue();
    if (held.waiting > 0) held.batch = openBatch(batch.bytes.slice(), { checksum: false });
  }

  #hold(held: Held, index: number): void {
    const entry = held.batch.entryId(index);
    while (entry - this.#next >= this.#held.length) this.#grow();
    const at = entry & (this.#held.length - 1);
    if (entry < this.#next || this.#held[at] !== undefined) {
      throw new EngineError('RESULTS_DOUBLED', `the engine gave two results for entry ${entry}; please report this`);
    }
    this.#held[at] = held;
    this.#index[at] = index;
  }

  #emitDue(): void {
    const mask = this.#held.length - 1;
    for (let held = this.#held[this.#next & mask]; held !== undefined; held = this.#held[this.#next & mask]) {
      const at = this.#next & mask;
      this.#held[at] = undefined;
      this.#next++;
      held.waiting--;
      this.#emit(held.batch, this.#index[at]!);
    }
  }

  #grow(): void {
    const held = this.#held;
    const index = this.#index;
    this.#held = new Array(held.length * 2).fill(undefined);
    this.#index = new Uint32Array(held.length * 2);
    for (let entry = this.#next; entry < this.#next + held.length; entry++) {
      const from = entry & (held.length - 1);
      const to = entry & (this.#held.length - 1);
      this.#held[to] = held[from];
      this.#index[to] = index[from]!;
    }
  }
}
