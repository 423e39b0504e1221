/**
 * A window's two ports. Every `connect` makes new ones and closes those before them, so that a
 * reloaded page starts afresh; a closed port ends its calls and its byte channel in the core.
 */
import { randomUUID } from 'node:crypto';
import { RPCHandler } from '@orpc/server/message-port';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { App, BytePort } from '../../app/host.ts';
import { portsChannel } from './channels.ts';

/** Carries bytes over a port: cloned, for a port of main loses what is transferred to it. */
function bytePort(port: MessagePortMain): BytePort {
  let open = true;
  port.on('close', () => {
    open = false;
  });
  return {
    post(frame) {
      // The whole buffer behind a view would be cloned, and shared memory cannot be cloned at all.
      if (open) port.postMessage(new Uint8Array(frame));
    },
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.on('close', listener),
    close() {
      open = false;
      port.close();
    },
  };
}

export class WindowPorts {
  readonly #app: App;
  readonly #rpc: RPCHandler<{ windowId: string }>;
  readonly #ports = new WeakMap<WebContents, readonly MessagePortMain[]>();

  constructor(app: App) {
    this.#app = app;
    this.#rpc = new RPCHandler(app.router);
  }

  connect(page: WebContents): void {
    for (const port of this.#ports.get(page) ?? []) port.close();
    const windowId = randomUUID();
    const calls = new MessageChannelMain();
    const bytes = new MessageChannelMain();
    this.#rpc.upgrade(calls.port1, { context: { windowId } });
    this.#app.attachBytes(windowId, bytePort(bytes.port1));
    calls.port1.start();
    bytes.port1.start();
    this.#ports.set(page, [calls.port1, bytes.port1]);
    page.mainFrame.postMessage(portsChannel, null, [calls.port2, bytes.port2]);
  }
}
