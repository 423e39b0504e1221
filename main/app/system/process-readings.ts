/** Readings of this process. The event loop is watched only while somebody looks at the readings. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ProcessReading } from '#shared/contract/models.ts';

const resolutionMs = 20;

/** Windows that read at the same time share a reading, lest they take it from one another. */
const intervalMs = 100;

/** Nobody has looked for so long: stop watching. */
const idleMs = 5_000;

const noDelay = { mean: 0, p99: 0, max: 0 };

export class ProcessReadings {
  #histogram: ReturnType<typeof monitorEventLoopDelay> | null = null;
  #delay = noDelay;
  #readAt = 0;
  #busy = 0;
  #utilization = performance.eventLoopUtilization();
  #idleTimer: NodeJS.Timeout | null = null;

  /** `unacknowledgedBatches` is the window's own. */
  read(unacknowledgedBatches: number): ProcessReading {
    const memory = process.memoryUsage();
    this.#readLoop();
    return {
      clockMs: Number(process.hrtime.bigint()) / 1e6,
      uptimeMs: process.uptime() * 1000,
      residentBytes: memory.rss,
      peakResidentBytes: Math.max(memory.rss, process.resourceUsage().maxRSS * 1024),
      heapUsedBytes: memory.heapUsed,
      externalBytes: memory.external,
      loopDelayMs: this.#delay,
      loopBusy: this.#busy,
      unacknowledgedBatches,
    };
  }

  close(): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
    this.#histogram?.disable();
    this.#histogram = null;
    this.#delay = noDelay;
    this.#busy = 0;
  }

  #readLoop(): void {
    this.#idleTimer ??= setTimeout(() => this.close(), idleMs).unref();
    this.#idleTimer.refresh();
    if (this.#histogram === null) {
      this.#histogram = monitorEventLoopDelay({ resolution: resolutionMs });
      this.#histogram.enable();
      this.#begin();
      return;
    }
    if (performance.now() - this.#readAt < intervalMs) return;
    this.#delay = {
      mean: lateness(this.#histogram.mean),
      p99: lateness(this.#histogram.percentile(99)),
      max: lateness(this.#histogram.max),
    };
    this.#busy = performance.eventLoopUtilization(this.#utilization).utilization;
    this.#histogram.reset();
    this.#begin();
  }

  #begin(): void {
    this.#utilization = performance.eventLoopUtilization();
    this.#readAt = performance.now();
  }
}

/** The histogram holds nanoseconds between two ticks; what exceeds the interval asked for is the delay. */
function lateness(betweenTicksNs: number): number {
  const ms = betweenTicksNs / 1e6 - resolutionMs;
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}
