/**
 * New versions: looked for when a person asks, or once a week when they said so; fetched and installed
 * only after a question each.
 */
import type { Settings } from '#shared/contract/models.ts';
import type { Updater } from './updater.ts';

const weekMs = 7 * 24 * 3600 * 1000;

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}

export interface UpdateFlowOptions {
  /** null: there is no release feed. */
  readonly updater: Updater | null;
  /** This version. */
  readonly version: string;
  ask(question: Question): Promise<boolean>;
  tell(message: string, detail: string): Promise<void>;
  failed(error: unknown): void;
  /** When was looked last, milliseconds since 1970; 0 for never. */
  lastCheck(): number;
  keepLastCheck(at: number): void;
  setUpdates(choice: Settings['updates']): Promise<void>;
}

export class UpdateFlow {
  readonly #options: UpdateFlowOptions;
  #isBusy = false;

  constructor(options: UpdateFlowOptions) {
    this.#options = options;
  }

  /** The menu item: always answers. */
  async check(): Promise<void> {
    const { updater, tell, failed } = this.#options;
    if (updater === null) {
      await tell(
        'This build has no release feed.',
        'It cannot look for new versions by itself. You find them where you got this one.',
      );
      return;
    }
    await this.#alone(async () => {
      try {
        if (!(await this.#offer(updater)))
          await tell('Hashlane is up to date.', `This is version ${this.#options.version}.`);
      } catch (error) {
        failed(error);
        await tell(
          'New versions cannot be looked for now.',
          'The release feed did not answer as expected. Try again later.',
        );
      }
    });
  }

  /** To be called at start and now and then. Asks once whether to look at all; bothers nobody otherwise. */
  async checkWhenDue(choice: Settings['updates'], now = Date.now()): Promise<void> {
    const { updater, lastCheck, ask, setUpdates, failed } = this.#options;
    if (updater === null || choice === 'never') return;
    await this.#alone(async () => {
      try {
        if (choice === 'ask') {
          const agreed = await ask({
            message: 'Look for new versions once a week?',
            detail: 'Hashlane then asks its release feed, and nothing else. Nothing is downloaded without asking.',
            yes: 'Once a week',
            no: 'Never',
          });
          await setUpdates(agreed ? 'weekly' : 'never');
          if (!agreed) return;
        }
        if (Math.abs(now - lastCheck()) >= weekMs) await this.#offer(updater);
      } catch (error) {
        failed(error);
      }
    });
  }

  /** False when there is nothing new. */
  async #offer(updater: Updater): Promise<boolean> {
    const release = await updater.check();
    this.#options.keepLastCheck(Date.now());
    if (release === null) return false;
    const wanted = await this.#options.ask({
      message: `Hashlane ${release.version} is available.`,
      detail: `You have ${this.#options.version}. Download it now?`,
      yes: 'Download',
      no: 'Not now',
    });
    if (!wanted) return true;
    await updater.download();
    const restart = await this.#options.ask({
      message: `Hashlane ${release.version} is ready to be installed.`,
      detail: 'Hashlane restarts. Results that were not exported are lost then.',
      yes: 'Install and restart',
      no: 'Not now',
    });
    if (restart) updater.install();
    return true;
  }

  /** One at a time: a second click while a question is open adds nothing. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await work();
    } finally {
      this.#isBusy = false;
    }
  }
}
