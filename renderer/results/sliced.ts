/**
 * Long work as a generator that yields often; run to its end in slices, the window stays fluid. A
 * message, unlike a timer, comes back without delay.
 */

export type Sliced<T> = Generator<undefined, T, undefined>;

/** At most this long without giving the window a turn, milliseconds. */
const sliceMs = 10;

/** Runs `work` to its end; undefined when `isWanted` turned false on the way. */
export async function runSliced<T>(work: Sliced<T>, isWanted: () => boolean): Promise<T | undefined> {
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await turn();
    if (!isWanted()) return undefined;
  }
}

/** Runs `work` to its end at once. */
export function runWhole<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
