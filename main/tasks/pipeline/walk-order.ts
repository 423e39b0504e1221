/**
 * Puts results back into the order of the walk. Entries are numbered as they are found and finish
 * as they please, so what comes early waits here until its turn. Workers take files by the group,
 * so that most records stand in runs of consecutive entries; runs are what is kept. The engine keeps
 * a bound on how far ahead it works (65,536 entries), which bounds what waits. Slabs are not held: a
 * batch of which anything must wait is copied, so that the engine goes on.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import { EngineError } from '../../engine/engine.ts';
import { CopyPool } from './copy-pool.ts';

/** Takes the records of `batch` from `start` to before `end`. */
export type EmitRun = (batch: BatchView, start: number, end: number) => void;

/** A batch and how many of its runs wait. */
interface Held {
  batch: BatchView;
  waiting: number;
  /** What the batch was copied to; undefined while it lies in its slab. */
  copy: Uint8Array | undefined;
}

interface Run {
  readonly held: Held;
  readonly start: number;
  readonly end: number;
}

export class WalkOrder {
  readonly #emit: EmitRun;
  readonly #copies = new CopyPool();
  /** Runs that wait, by their first entry. */
  readonly #waiting = new Map<number, Run>();
  /** The entry whose turn it is. */
  #next = 0;

  constructor(emit: EmitRun) {
    this.#emit = emit;
  }

  /**
   * Emits what is due; on return nothing refers to the batch's bytes. Throws when a run begins with
   * an entry that has come before; one that comes again within a run stays here for ever, which
   * whoever counts what comes out will notice.
   */
  accept(batch: BatchView): void {
    const held: Held = { batch, waiting: 0, copy: undefined };
    for (let start = 0; start < batch.count; ) {
      const end = runEnd(batch, start);
      this.#take(batch.entryId(start), { held, start, end });
      start = end;
    }
    if (held.waiting === 0) return;
    held.copy = this.#copies.take(batch.bytes.length);
    held.batch = batch.copyTo(held.copy);
  }

  #take(entry: number, run: Run): void {
    if (entry < this.#next || this.#waiting.has(entry)) {
      throw new EngineError('RESULTS_DOUBLED', `the engine gave two results for entry ${entry}; please report this`);
    }
    run.held.waiting++;
    this.#waiting.set(entry, run);
    if (entry === this.#next) this.#emitDue();
  }

  #emitDue(): void {
    for (let run = this.#waiting.get(this.#next); run !== undefined; run = this.#waiting.get(this.#next)) {
      const { held, start, end } = run;
      this.#waiting.delete(this.#next);
      this.#next += end - start;
      this.#emit(held.batch, start, end);
      if (--held.waiting === 0 && held.copy) this.#copies.give(held.copy);
    }
  }
}

/** Where the run of consecutive entries that begins at `start` ends. */
function runEnd(batch: BatchView, start: number): number {
  const ahead = batch.entryId(start) - start;
  let end = start + 1;
  while (end < batch.count && batch.entryId(end) === ahead + end) end++;
  return end;
}
