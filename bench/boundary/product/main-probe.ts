/** What a main process says of its own time and memory, asked through its inspector. */
import type { Inspected } from './inspector.ts';

/** Time of a stretch of a process's life, milliseconds. */
export interface Stretch {
  readonly wallMs: number;
  /** The event loop was not waiting: `performance.eventLoopUtilization`. */
  readonly activeMs: number;
  /** The JavaScript thread had a processor; null where the system does not tell. */
  readonly processorMs: number | null;
}

export interface MemoryNow {
  readonly resident: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
}

/** Bytes, and what the delay of a tick came to beyond its interval, milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The main thread has the process's own number; the first figure is nanoseconds on a processor (proc(5)). */
const install = `(() => {
  const { performance, monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const thread = '/proc/self/task/' + process.pid + '/schedstat';
  const onProcessor = () => {
    try { return Number(readFileSync(thread, 'latin1').split(' ')[0]) / 1e6; } catch { return null; }
  };
  const resolution = 10;
  const delay = monitorEventLoopDelay({ resolution });
  let from;
  const late = (ns) => Math.max(0, ns / 1e6 - resolution);
  globalThis.hashlaneProbe = {
    begin() {
      from = { elu: performance.eventLoopUtilization(), processor: onProcessor(), wall: performance.now() };
    },
    end() {
      const wallMs = performance.now() - from.wall;
      const processor = onProcessor();
      const { active } = performance.eventLoopUtilization(from.elu);
      return { wallMs, activeMs: active, processorMs: processor === null ? null : processor - from.processor };
    },
    watchDelay() { delay.reset(); delay.enable(); },
    delay() {
      delay.disable();
      return { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
    },
    memory() {
      const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
      return { resident: rss, heapUsed, heapTotal, external };
    },
  };
})()`;

export class MainProbe {
  readonly #process: Inspected;

  private constructor(process: Inspected) {
    this.#process = process;
  }

  static async install(process: Inspected): Promise<MainProbe> {
    await process.evaluate(install);
    return new MainProbe(process);
  }

  /** What the process spent while `act` went on. */
  async during(act: () => Promise<unknown>): Promise<Stretch> {
    await this.#process.evaluate('hashlaneProbe.begin()');
    await act();
    return await this.#process.evaluate<Stretch>('hashlaneProbe.end()');
  }

  /** How late the loop's ticks were while `act` went on. Watching costs time: not to be had with `during`. */
  async delayDuring(act: () => Promise<unknown>): Promise<LoopDelay> {
    await this.#process.evaluate('hashlaneProbe.watchDelay()');
    await act();
    return await this.#process.evaluate<LoopDelay>('hashlaneProbe.delay()');
  }

  memory(): Promise<MemoryNow> {
    return this.#process.evaluate<MemoryNow>('hashlaneProbe.memory()');
  }
}
