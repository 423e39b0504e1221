/**
 * A page that ends unexpectedly is loaded again; the core and its jobs live on in main, and the new
 * page finds them. One that soon ends again would go on doing so: a plain page says what to do then,
 * and if even that one ends, nothing more is tried.
 */

/** How soon a further crash counts as one more in a row. */
const inRowMs = 60_000;

export type Recovery = 'reload' | 'explain' | 'give up';

export class CrashRecovery {
  #inRow = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** What to do about a page that has just ended. @param now milliseconds of a clock that never goes back */
  next(now: number): Recovery {
    this.#inRow = now - this.#last < inRowMs ? this.#inRow + 1 : 1;
    this.#last = now;
    if (this.#inRow === 1) return 'reload';
    return this.#inRow === 2 ? 'explain' : 'give up';
  }

  /** A person asked for the page again. */
  reset(): void {
    this.#inRow = 0;
    this.#last = Number.NEGATIVE_INFINITY;
  }
}
