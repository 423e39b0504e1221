/**
 * Serves the contract over whatever carries texts between a page and this process. oRPC's own transports write the stack
 * of every message that is no call to the console; here such messages are counted.
 */
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { type EncodedMessage, ServerPeer } from '@orpc/standard-server-peer';
import type { AppRouter, WindowContext } from './router.ts';

export interface CallConnection {
  send(answer: EncodedMessage): void;
  onMessage(listener: (call: EncodedMessage) => void): void;
  onClose(listener: () => void): void;
}

export class CallServer {
  readonly #handler: StandardRPCHandler<WindowContext>;
  readonly #report: (line: string) => void;
  #malformed = 0;

  /** `report` gets one line at the first message that is no call, and at each tenfold number of them. */
  constructor(router: AppRouter, report: (line: string) => void) {
    this.#handler = new StandardRPCHandler(router);
    this.#report = report;
  }

  serve(connection: CallConnection, context: WindowContext): void {
    const peer = new ServerPeer(async (answer) => connection.send(answer));
    const handle = createServerPeerHandleRequestFn(this.#handler, { context });
    connection.onMessage((call) => {
      peer.message(call, handle).catch(() => this.#countMalformed());
    });
    connection.onClose(() => peer.close());
  }

  #countMalformed(): void {
    this.#malformed++;
    if (Number.isInteger(Math.log10(this.#malformed)))
      this.#report(`messages from pages that are no calls: ${this.#malformed}`);
  }
}
