/** The last minute of throughput, from counters that only grow. */
import type { StatsReading } from '#shared/stats/reader.ts';

const keptSeconds = 60;
/** Single readings jump with every finished file; over this span they are calm enough to read. */
const spanSeconds = 0.5;

export interface ThroughputSeries {
  /** Seconds before now (0 is now, older ones are negative), ascending. */
  readonly seconds: readonly number[];
  /** Bytes a second that came from the disk. */
  readonly read: readonly number[];
  /** Bytes a second that went through kernels, once per algorithm. */
  readonly hashed: readonly number[];
}

interface Sample {
  readonly time: number;
  readonly read: number;
  readonly hashed: number;
}

export class ThroughputHistory {
  #samples: Sample[] = [];

  observe({ engine }: StatsReading): void {
    const sample = { time: engine.clockNs / 1e9, read: engine.bytesRead, hashed: engine.bytesHashed };
    const last = this.#samples.at(-1);
    if (last !== undefined && sample.time <= last.time) return;
    this.#samples.push(sample);
    const oldest = sample.time - keptSeconds - spanSeconds;
    const first = this.#samples.findIndex((one) => one.time >= oldest);
    if (first > 0) this.#samples = this.#samples.slice(first);
  }

  series(): ThroughputSeries {
    const samples = this.#samples;
    const now = samples.at(-1)?.time ?? 0;
    const seconds: number[] = [];
    const read: number[] = [];
    const hashed: number[] = [];
    let before = 0;
    for (let at = 1; at < samples.length; at++) {
      const sample = samples[at]!;
      while (before + 1 < at && samples[before + 1]!.time <= sample.time - spanSeconds) before++;
      const from = samples[before]!;
      const passed = sample.time - from.time;
      seconds.push(sample.time - now);
      read.push((sample.read - from.read) / passed);
      hashed.push((sample.hashed - from.hashed) / passed);
    }
    return { seconds, read, hashed };
  }
}
