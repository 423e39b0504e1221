/**
 * Paths that come from outside the window: this process's arguments, those of further instances,
 * files the macOS Finder opens. Some come before the core is there, and a file manager may start one
 * process per selected file: they are collected until none has come for a moment, and handed over
 * together.
 */
const settleMs = 200;

/** However many processes are started, the first files are not kept waiting for longer. */
const longestMs = 2_000;

export class IncomingPaths {
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #deadline = 0;
  #receive: ((paths: string[]) => void) | undefined;

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.#waiting.length === 0) this.#deadline = Date.now() + longestMs;
    // Not spread into `push`: a hundred thousand arguments are too many for a call.
    this.#waiting = this.#waiting.concat(paths);
    if (this.#receive !== undefined) this.#wait();
  }

  /** From now on `receive` gets what waits and what comes. */
  deliverTo(receive: (paths: string[]) => void): void {
    this.#receive = receive;
    if (this.#waiting.length > 0) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), Math.min(settleMs, Math.max(this.#deadline - Date.now(), 0)));
  }

  #flush(): void {
    const paths = this.#waiting;
    this.#waiting = [];
    this.#receive?.(paths);
  }
}
