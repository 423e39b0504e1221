/** How fast something goes, over the last seconds only: what counts for the time that is left. */
const windowSeconds = 5;

interface Sample {
  readonly seconds: number;
  readonly amount: number;
}

export class RateMeter {
  readonly #samples: Sample[] = [];

  /** `amount` reached at `seconds` on any steady clock; both never go back. */
  add(seconds: number, amount: number): void {
    this.#samples.push({ seconds, amount });
    while (this.#samples.length > 2 && seconds - this.#samples[1]!.seconds >= windowSeconds) this.#samples.shift();
  }

  /** Amount a second; 0 while there is nothing to tell it from. */
  get perSecond(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.seconds <= first.seconds) return 0;
    return (last.amount - first.amount) / (last.seconds - first.seconds);
  }
}
