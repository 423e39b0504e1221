/** Whether the app may be left, and the one question that is asked about it. */
export interface QuitQuestionOptions {
  /** Leaving would interrupt something. */
  isBusy(): boolean;
  /** Resolves to true when the person wants to leave all the same. */
  ask(): Promise<boolean>;
  quit(): void;
  /** It could not be asked; the next attempt asks again. */
  failed?(error: unknown): void;
}

export class QuitQuestion {
  readonly #options: QuitQuestionOptions;
  #isAsking = false;
  #isAgreed = false;

  constructor(options: QuitQuestionOptions) {
    this.#options = options;
  }

  /** When it says no, the person is being asked, and the app quits by itself should they agree. */
  mayLeave(): boolean {
    if (this.#isAgreed || !this.#options.isBusy()) return true;
    if (!this.#isAsking) void this.#ask();
    return false;
  }

  leaveUnasked(): void {
    this.#isAgreed = true;
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      this.#isAgreed = await this.#options.ask();
    } catch (error) {
      this.#options.failed?.(error);
    } finally {
      this.#isAsking = false;
    }
    if (this.#isAgreed) this.#options.quit();
  }
}
