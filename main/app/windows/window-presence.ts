/**
 * Which windows are there. A window counts as gone when its byte channel has been closed for a
 * while: a socket that breaks and comes back within the grace period never left.
 */
export class WindowPresence {
  readonly #graceMs: number;
  readonly #gone: (windowId: string) => void;
  readonly #attached = new Map<string, number>();
  readonly #absent = new Map<string, NodeJS.Timeout>();

  constructor(graceMs: number, gone: (windowId: string) => void) {
    this.#graceMs = graceMs;
    this.#gone = gone;
  }

  attach(windowId: string): void {
    this.#attached.set(windowId, (this.#attached.get(windowId) ?? 0) + 1);
    clearTimeout(this.#absent.get(windowId));
    this.#absent.delete(windowId);
  }

  detach(windowId: string): void {
    const left = (this.#attached.get(windowId) ?? 1) - 1;
    if (left > 0) {
      this.#attached.set(windowId, left);
      return;
    }
    this.#attached.delete(windowId);
    this.expect(windowId);
  }

  /** A window that is needed and not attached has the grace period to appear. */
  expect(windowId: string): void {
    if (this.#attached.has(windowId) || this.#absent.has(windowId)) return;
    const timer = setTimeout(() => {
      this.#absent.delete(windowId);
      this.#gone(windowId);
    }, this.#graceMs);
    timer.unref();
    this.#absent.set(windowId, timer);
  }

  close(): void {
    for (const timer of this.#absent.values()) clearTimeout(timer);
    this.#absent.clear();
  }
}
