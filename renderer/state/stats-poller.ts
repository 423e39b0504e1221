/**
 * Pulls the stats block while somebody wants it and never otherwise. The next frame is asked for
 * only after the last one came, and not sooner than a tenth of a second after it was asked for; while
 * the engine rests and Diagnostics alone looks on, not sooner than three seconds.
 */
import type { ByteChannelRequest } from '#shared/contract/byte-channel.ts';
import { readStats, type StatsReading } from '#shared/stats/reader.ts';

const pauseMs = 100;
const restMs = 3_000;

export type StatsReason = 'progress' | 'diagnostics' | 'report' | 'again';

export class StatsPoller {
  readonly #send: (request: ByteChannelRequest) => void;
  readonly #listener: (reading: StatsReading) => void;
  readonly #reasons = new Set<StatsReason>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #askedAt = 0;
  #rests = false;

  constructor(send: (request: ByteChannelRequest) => void, listener: (reading: StatsReading) => void) {
    this.#send = send;
    this.#listener = listener;
  }

  want(reason: StatsReason, isWanted: boolean): void {
    if (isWanted) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    // Somebody who is in more of a hurry may have come, or the last one gone.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule();
  }

  /** After a new connection: what was asked on the old one will not be answered. */
  restart(): void {
    this.#isAsking = false;
    this.#schedule();
  }

  take(bytes: Uint8Array): void {
    this.#isAsking = false;
    if (this.#reasons.size === 0) return;
    const reading = readStats(bytes);
    this.#rests = reading.engine.jobsActive === 0;
    this.#listener(reading);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#reasons.size === 0 || this.#isAsking || this.#timer !== undefined) return;
    const onlyLooksOn = this.#reasons.size === 1 && this.#reasons.has('diagnostics');
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#isAsking = true;
        this.#askedAt = performance.now();
        this.#send({ kind: 'stats' });
      },
      Math.max(0, this.#askedAt + (this.#rests && onlyLooksOn ? restMs : pauseMs) - performance.now()),
    );
  }
}
