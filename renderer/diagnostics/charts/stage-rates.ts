/** What the stages do a second, from counters that only grow. */
import type { StatsReading } from '#shared/stats/reader.ts';

/** Single readings jump with every finished file; over this span they are calm enough to read. */
const spanSeconds = 0.5;

export interface Rates {
  /** Bytes a second. */
  readonly read: number;
  /** Bytes a second, once per algorithm. */
  readonly hashed: number;
  /** Results a second. */
  readonly delivered: number;
}

interface Sample extends Rates {
  readonly seconds: number;
}

export class StageRates {
  #samples: Sample[] = [];
  #clockNs = 0;
  #arrived = 0;

  /**
   * @param arrivedSeconds when the reading came, by any clock: the engine's own stands still while it rests
   * @returns null for the first reading, and for one that brings no new time
   */
  observe({ engine }: StatsReading, arrivedSeconds: number): Rates | null {
    const last = this.#samples.at(-1);
    const rested = engine.clockNs === this.#clockNs;
    const seconds =
      rested && last !== undefined ? last.seconds + (arrivedSeconds - this.#arrived) : engine.clockNs / 1e9;
    if (last !== undefined && seconds <= last.seconds) return null;
    this.#clockNs = engine.clockNs;
    this.#arrived = arrivedSeconds;
    this.#samples.push({
      seconds,
      read: engine.bytesRead,
      hashed: engine.bytesHashed,
      delivered: engine.recordsDelivered,
    });
    if (last === undefined) return null;
    while (this.#samples.length > 2 && this.#samples[1]!.seconds <= seconds - spanSeconds) this.#samples.shift();
    const from = this.#samples[0]!;
    const rate = (now: number, before: number): number => (now - before) / (seconds - from.seconds);
    return {
      read: rate(engine.bytesRead, from.read),
      hashed: rate(engine.bytesHashed, from.hashed),
      delivered: rate(engine.recordsDelivered, from.delivered),
    };
  }
}
