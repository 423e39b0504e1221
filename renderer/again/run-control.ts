/** Pausing and giving up a check that goes from request to request. */
import type { StoreApi } from 'zustand/vanilla';
import type { AgainRun, AgainState } from './again-store.ts';

export class RunControl {
  readonly #store: StoreApi<AgainState>;
  #abort = new AbortController();
  #isCancelled = false;
  #isPaused = false;
  /** Lets a paused run go on. */
  #goOn: () => void = () => undefined;

  constructor(store: StoreApi<AgainState>) {
    this.#store = store;
  }

  begin(files: number, bytes: number): AgainRun {
    return {
      files,
      filesDone: 0,
      bytes,
      bytesDone: 0,
      isPaused: false,
      pause: () => this.#pause(true),
      resume: () => this.#pause(false),
      cancel: () => {
        this.#isCancelled = true;
        this.#abort.abort();
        this.#goOn();
      },
    };
  }

  add(files: number, bytes: number): void {
    this.#store.setState(({ run }) => ({
      run: run && { ...run, filesDone: run.filesDone + files, bytesDone: run.bytesDone + bytes },
    }));
  }

  /** Asks, and asks once more what a pause broke off; null when the run was given up. */
  async ask<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    for (;;) {
      while (this.#isPaused && !this.#isCancelled) {
        await new Promise<void>((resolve) => {
          this.#goOn = resolve;
        });
      }
      if (this.#isCancelled) return null;
      this.#abort = new AbortController();
      const { signal } = this.#abort;
      try {
        return await request(signal);
      } catch (problem) {
        if (!signal.aborted) throw problem;
      }
    }
  }

  #pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#store.setState(({ run }) => ({ run: run && { ...run, isPaused } }));
    if (isPaused) this.#abort.abort();
    else this.#goOn();
  }
}
