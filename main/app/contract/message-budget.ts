/**
 * How many messages a window may send. A page that works sends a few a second; one that sends
 * thousands is broken or hostile, and whoever carries its messages lets go of it. A token bucket.
 */
export interface MessageBudgetLimits {
  readonly perSecond: number;
  /** At once, after a rest. */
  readonly burst: number;
}

const usualLimits: MessageBudgetLimits = { perSecond: 1_000, burst: 2_000 };

export class MessageBudget {
  readonly #limits: MessageBudgetLimits;
  #left: number;
  #at = performance.now();

  constructor(limits = usualLimits) {
    this.#limits = limits;
    this.#left = limits.burst;
  }

  /** Counts one message; false when it is one too many. */
  take(now = performance.now()): boolean {
    const { perSecond, burst } = this.#limits;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
