/**
 * What the host tells its windows. Events are kept as marks of what changed and made into values
 * only when a window takes them: a slow window gets the latest state of each job once, never a
 * growing queue, and loses nothing that still matters.
 */
import type { HostEvent, JobStatus, JobSummary, Settings, Source } from '#shared/contract/models.ts';

/** Where the values come from at the moment they are taken. */
export interface EventSources {
  settings(): Settings;
  jobIds(): Iterable<number>;
  job(id: number): JobSummary | undefined;
  status(id: number): JobStatus | undefined;
  /** Every job that was ever forgotten. */
  forgottenIds(): Iterable<number>;
  /** Those of `ids` that still wait. */
  waiting(ids: Iterable<string>): Source[];
}

export class EventHub {
  readonly #values: EventSources;
  readonly #subscribers = new Set<Subscriber>();

  constructor(values: EventSources) {
    this.#values = values;
  }

  settingsChanged(): void {
    for (const subscriber of this.#subscribers) subscriber.mark(() => (subscriber.settings = true));
  }

  jobChanged(id: number): void {
    for (const subscriber of this.#subscribers) subscriber.mark(() => subscriber.jobs.add(id));
  }

  jobsForgotten(ids: readonly number[]): void {
    if (ids.length === 0) return;
    for (const subscriber of this.#subscribers) {
      subscriber.mark(() => {
        for (const id of ids) {
          subscriber.forgotten.add(id);
          // Opened from the history it is told whole again.
          subscriber.told.delete(id);
        }
      });
    }
  }

  sourcesArrived(sources: readonly Source[]): void {
    if (sources.length === 0) return;
    for (const subscriber of this.#subscribers) {
      subscriber.mark(() => {
        const waiting = this.#values.waiting([...subscriber.sources, ...sources.map((source) => source.id)]);
        subscriber.sources = new Set(waiting.map((source) => source.id));
      });
    }
  }

  /** Begins with the settings, one event per job and what was forgotten; ends when `signal` aborts or the hub closes. */
  async *subscribe(signal: AbortSignal | undefined): AsyncGenerator<HostEvent, void> {
    const subscriber = new Subscriber(this.#values.jobIds(), this.#values.forgottenIds());
    const stop = (): void => subscriber.stop();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    this.#subscribers.add(subscriber);
    try {
      for (;;) {
        yield* this.#take(subscriber);
        if (subscriber.stopped) return;
        await subscriber.woken();
      }
    } finally {
      this.#subscribers.delete(subscriber);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends every subscription. */
  close(): void {
    for (const subscriber of this.#subscribers) subscriber.stop();
  }

  *#take(subscriber: Subscriber): Generator<HostEvent, void> {
    while (!subscriber.stopped) {
      if (subscriber.settings) {
        subscriber.settings = false;
        yield { kind: 'settings', settings: this.#values.settings() };
      } else if (subscriber.jobs.size > 0) {
        const [id] = subscriber.jobs as Set<number> & Iterable<number>;
        subscriber.jobs.delete(id!);
        yield* this.#jobEvent(subscriber, id!);
      } else if (subscriber.forgotten.size > 0) {
        const ids = [...subscriber.forgotten];
        subscriber.forgotten = new Set();
        yield { kind: 'forgotten', ids };
      } else if (subscriber.sources.size > 0) {
        const sources = this.#values.waiting(subscriber.sources);
        subscriber.sources = new Set();
        if (sources.length > 0) yield { kind: 'sources', sources };
      } else return;
    }
  }

  /** None when the job has been forgotten meanwhile. */
  *#jobEvent(subscriber: Subscriber, id: number): Generator<HostEvent, void> {
    if (subscriber.told.has(id)) {
      const job = this.#values.status(id);
      if (job !== undefined) yield { kind: 'status', job };
      return;
    }
    const job = this.#values.job(id);
    if (job === undefined) return;
    subscriber.told.add(id);
    yield { kind: 'job', job };
  }
}

/** The marks of one window that have not been taken. */
class Subscriber {
  settings = true;
  readonly jobs: Set<number>;
  /** Jobs whose sources it knows. */
  readonly told = new Set<number>();
  forgotten: Set<number>;
  sources = new Set<string>();
  stopped = false;
  #wake: (() => void) | null = null;

  constructor(jobs: Iterable<number>, forgotten: Iterable<number>) {
    this.jobs = new Set(jobs);
    this.forgotten = new Set(forgotten);
  }

  mark(set: () => void): void {
    set();
    this.#wake?.();
  }

  stop(): void {
    this.stopped = true;
    this.#wake?.();
  }

  /** Resolves at the next mark; marks set since the last take must have been taken first. */
  woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }
}
