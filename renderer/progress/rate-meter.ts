/**
 * A rate that is calm enough to read: the average of the recent past, in which older readings
 * count less and less (exponentially weighted, time constant `seconds`).
 */
export class RateMeter {
  readonly #seconds: number;
  #time: number | null = null;
  #amount = 0;
  #rate: number | null = null;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** Amount a second, or null before two readings were taken. */
  get rate(): number | null {
    return this.#rate;
  }

  /** `time` in seconds, `amount` so far; readings of the same moment are left out. */
  observe(time: number, amount: number): void {
    const before = this.#time;
    if (before !== null && time <= before) return;
    if (before !== null) {
      const passed = time - before;
      const now = Math.max(0, amount - this.#amount) / passed;
      const weight = 1 - Math.exp(-passed / this.#seconds);
      this.#rate = this.#rate === null ? now : this.#rate + (now - this.#rate) * weight;
    }
    this.#time = time;
    this.#amount = amount;
  }

  reset(): void {
    this.#time = null;
    this.#rate = null;
  }
}
