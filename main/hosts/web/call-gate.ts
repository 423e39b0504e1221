/**
 * Keeps what a page has not read yet from filling the host's memory: a socket's calls run a few at a
 * time, and none begins while too much of the answers before it is unsent.
 */
import type { WebSocket } from 'ws';
import { Problem } from '../../base/problem.ts';

/** Calls of one socket at once. */
const maxRunning = 8;

/** Unsent bytes at which a page counts as no longer reading. */
export const maxUnsentBytes = 64 << 20;

export class CallGate {
  readonly #socket: Pick<WebSocket, 'bufferedAmount'>;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(socket: Pick<WebSocket, 'bufferedAmount'>) {
    this.#socket = socket;
  }

  /** Runs a call when it is its turn. Throws Problem CONFLICT while the page does not read. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    while (this.#running >= maxRunning) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      if (/* guard: unread answers */ this.#socket.bufferedAmount > maxUnsentBytes) {
        throw new Problem('CONFLICT', 'Too many answers have not been read yet.');
      }
      return await call();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}
