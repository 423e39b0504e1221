/**
 * What both clients share: one connection at a time, calls that follow it, events read until it
 * ends, and new attempts after a pause that grows.
 */
import { type ClientLink, createORPCClient } from '@orpc/client';
import { hostEvent } from '#shared/contract/models.ts';
import { type Api, type ClientListener, DisconnectedError } from './client.ts';
import { giveFrame } from './frames.ts';

/** An open transport. `close` may be called twice. */
export interface Wire {
  readonly link: ClientLink<Record<never, never>>;
  post(message: unknown): void;
  close(): void;
}

export interface WireListener {
  frame(bytes: Uint8Array): void;
  closed(): void;
}

const firstPauseMs = 500;
const longestPauseMs = 5_000;

export class Connection {
  /** Calls go to whichever wire is open when they are made. */
  readonly api: Api;
  readonly #dial: (listener: WireListener) => Promise<Wire>;
  #listener: ClientListener | null = null;
  #wire: Wire | null = null;
  #pauseMs = firstPauseMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(dial: (listener: WireListener) => Promise<Wire>) {
    this.#dial = dial;
    this.api = createORPCClient<Api>({
      call: async (path, input, options) => {
        if (this.#wire === null) throw new DisconnectedError();
        return await this.#wire.link.call(path, input, options);
      },
    });
  }

  open(listener: ClientListener): void {
    this.#listener = listener;
    listener.connection('connecting');
    void this.#attempt();
  }

  reconnect(): void {
    if (this.#wire !== null || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#attempt();
  }

  send(message: unknown): void {
    this.#wire?.post(message);
  }

  async #attempt(): Promise<void> {
    this.#timer = undefined;
    let wire: Wire | null = null;
    let closedEarly = false;
    const lost = (): void => {
      closedEarly = true;
      if (wire !== null && this.#wire === wire) this.#lose();
    };
    try {
      wire = await this.#dial({
        frame: (bytes) => this.#listener && giveFrame(this.#listener, bytes),
        closed: lost,
      });
      if (closedEarly) throw new DisconnectedError();
      this.#wire = wire;
      const events = await this.api.system.events();
      this.#pauseMs = firstPauseMs;
      this.#listener?.connection('connected');
      for await (const event of events) this.#listener?.event(hostEvent.parse(event));
    } catch (problem) {
      // A wire that broke is told by the state; only what is wrong with the program belongs in the console.
      if (!(problem instanceof DisconnectedError) && !closedEarly) console.error(problem);
    }
    wire?.close();
    if (this.#wire === wire) this.#lose();
  }

  #lose(): void {
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
    this.#listener?.connection('lost');
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#attempt(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
