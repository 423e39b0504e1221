/** What one client may take of the web host's time and memory. Everything here has a spec that goes beyond it. */
import type { MessageBudgetLimits } from '../../app/contract/message-budget.ts';

export interface WebLimits {
  /** Connections at once; a browser opens six to a host. */
  readonly connections: number;
  /** From the beginning of a connection until the headers of its first request are there, milliseconds. */
  readonly headersMs: number;
  /**
   * Headers of one request. Browsers send up to 180 cookies of 4 KiB each that a page at another port
   * of this machine has set; with less room, that page could lock the person out.
   */
  readonly headerBytes: number;
  /** How often connections are looked at for that, milliseconds. */
  readonly checkMs: number;
  /** A connection without a request, milliseconds. */
  readonly keepAliveMs: number;
  /** A body of which nothing comes although the engine would take it, milliseconds. */
  readonly idleBodyMs: number;
  /** WebSockets at once, all windows together. */
  readonly sockets: number;
  /** An end that vanished without a word, as behind a broken tunnel, is noticed after two of these, milliseconds. */
  readonly heartbeatMs: number;
  /** Calls over one socket. */
  readonly calls: MessageBudgetLimits;
}

export const defaultLimits: WebLimits = {
  connections: 512,
  headersMs: 10_000,
  headerBytes: 1 << 20,
  checkMs: 1_000,
  keepAliveMs: 5_000,
  idleBodyMs: 60_000,
  sockets: 128,
  heartbeatMs: 30_000,
  calls: { perSecond: 1_000, burst: 2_000 },
};
