/**
 * A window's two ports. Every `connect` makes new ones and closes those before them, so that a
 * reloaded page starts afresh; a closed port ends its calls and its byte channel in the core. A page
 * that sends what no page of ours sends, or far too much of it, loses its ports.
 */
import { randomUUID } from 'node:crypto';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { App } from '../../app/app.ts';
import { type CallConnection, CallServer } from '../../app/contract/call-server.ts';
import { MessageBudget } from '../../app/contract/message-budget.ts';
import type { BytePort } from '../../app/host.ts';
import { portsChannel } from './channels.ts';
import type { Log } from './log/log.ts';

/** A start with the most sources there can be takes three million characters. */
const longestCall = 8 << 20;

/** The window keeps what is behind a batch as long as the batch: an eighth of it at most. */
const leastFilled = 7 / 8;

/**
 * Carries bytes over a port: cloned, for a port of main loses what is transferred to it. The whole
 * buffer behind a view is cloned, and shared memory cannot be cloned at all, so a frame goes out of
 * a copy. Making memory for one costs half as much again as posting it: full batches, which are
 * nearly of one length, go out of the same memory, each with a bit that is not its own behind it.
 */
function bytePort(port: MessagePortMain): BytePort {
  let open = true;
  let room = new Uint8Array(0);
  const copyOf = (frame: Uint8Array): Uint8Array => {
    if (frame.length > room.length) room = new Uint8Array(frame.length);
    if (frame.length < room.length * leastFilled) return new Uint8Array(frame);
    room.set(frame);
    return room.subarray(0, frame.length);
  };
  port.on('close', () => {
    open = false;
  });
  return {
    post(frame) {
      if (open) port.postMessage(copyOf(frame));
    },
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.on('close', listener),
    close() {
      open = false;
      port.close();
    },
  };
}

/** Lets texts of a call's length through; anything else closes the port. */
function callPort(port: MessagePortMain, refused: () => void): CallConnection {
  const budget = new MessageBudget();
  let open = true;
  const refuse = (): void => {
    open = false;
    refused();
    port.close();
  };
  port.on('close', () => {
    open = false;
  });
  return {
    // An answer may be ready when nobody is there to take it.
    send: (answer) => void (open && port.postMessage(answer)),
    onClose: (listener) => void port.on('close', listener),
    onMessage(listener) {
      port.on('message', ({ data }) => {
        if (!open) return;
        // guard: texts on the port => if ((typeof data !== 'string' || data.length <= longestCall) && budget.take()) listener(data); else refuse();
        if (
          typeof data === 'string' &&
          /* guard: size of calls */ data.length <= longestCall &&
          /* guard: number of calls */ budget.take()
        )
          listener(data);
        else refuse();
      });
    },
  };
}

export class WindowPorts {
  readonly #app: App;
  readonly #log: Log;
  readonly #calls: CallServer;
  readonly #ports = new WeakMap<WebContents, readonly MessagePortMain[]>();

  constructor(app: App, log: Log) {
    this.#app = app;
    this.#log = log;
    this.#calls = new CallServer(app.router, (line) => log.error(line));
  }

  connect(page: WebContents): void {
    for (const port of this.#ports.get(page) ?? []) port.close();
    const windowId = randomUUID();
    const calls = new MessageChannelMain();
    const bytes = new MessageChannelMain();
    const guarded = callPort(calls.port1, () => this.#log.error('a page lost its port: it sent what no page sends'));
    this.#calls.serve(guarded, { windowId });
    this.#app.attachBytes(windowId, bytePort(bytes.port1));
    calls.port1.start();
    bytes.port1.start();
    this.#ports.set(page, [calls.port1, bytes.port1]);
    page.mainFrame.postMessage(portsChannel, null, [calls.port2, bytes.port2]);
  }
}
