/**
 * What a main process spends while it works. `installProbe` runs in the process that is measured: Playwright takes its
 * source into Electron, and the web host is started with this file by `--import` and asked over its channel to us.
 */

/** A stretch of a process's life, milliseconds. */
export interface Stretch {
  readonly wallMs: number;
  /** The event loop was not waiting: `performance.eventLoopUtilization`. Electron's loop reads 0. */
  readonly activeMs: number;
  /** The JavaScript thread had a processor; null where the system does not say. */
  readonly processorMs: number | null;
  /** How late ticks of 10 ms were, the 99th percentile. */
  readonly delayMs: number;
}

interface Probe {
  begin(): void;
  end(): Stretch;
}

declare global {
  var hashlaneProbe: Probe | undefined;
}

/** Uses nothing from outside itself. The main thread has the process's own number in /proc (proc(5)). */
export function installProbe(): void {
  const { performance, monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const onProcessor = () => {
    try {
      return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
    } catch {
      return null;
    }
  };
  let [utilization, processor, wall] = [performance.eventLoopUtilization(), onProcessor(), performance.now()];
  globalThis.hashlaneProbe = {
    begin() {
      delay.reset();
      delay.enable();
      [utilization, processor, wall] = [performance.eventLoopUtilization(), onProcessor(), performance.now()];
    },
    end() {
      const wallMs = performance.now() - wall;
      const now = onProcessor();
      delay.disable();
      return {
        wallMs,
        activeMs: performance.eventLoopUtilization(utilization).active,
        processorMs: now === null || processor === null ? null : now - processor,
        delayMs: Math.max(0, delay.percentile(99) / 1e6 - 10),
      };
    },
  };
}

if (process.env.HASHLANE_BENCH_PROBE && process.send) {
  installProbe();
  process.on('message', (message) => {
    if (message === 'begin') globalThis.hashlaneProbe!.begin();
    process.send!(message === 'end' ? globalThis.hashlaneProbe!.end() : null);
  });
  process.channel?.unref();
}
