import type { PowerSaveBlocker } from 'electron';
import type { JobStatus } from '#shared/contract/models.ts';
import type { JobWatcher } from './job-watch.ts';

/** Keeps the machine awake while something is hashed; a paused job lets it sleep. The screen may go dark. */
export class SleepBlock implements JobWatcher {
  readonly #blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  #id: number | undefined;

  constructor(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>) {
    this.#blocker = blocker;
  }

  active(jobs: readonly JobStatus[]): void {
    const isWorking = jobs.some(({ state }) => state !== 'paused');
    if (isWorking) {
      this.#id ??= this.#blocker.start('prevent-app-suspension');
    } else if (this.#id !== undefined) {
      this.#blocker.stop(this.#id);
      this.#id = undefined;
    }
  }
}
