/**
 * The client in Electron: two message ports that main hands over by way of the preload. The only
 * reader of `window.hashlane`.
 */
import { RPCLink } from '@orpc/client/message-port';
import { type Bridge, portsMessage, recoveredParameter } from '#shared/contract/bridge.ts';
import { type Client, RefusedError } from './client.ts';
import { Connection, type Wire, type WireListener } from './connection.ts';

declare global {
  interface Window {
    /** Absent on the web host. */
    readonly hashlane?: Bridge;
  }
}

const answerMs = 10_000;

/** Asks for ports and waits for them; rejects when none come. */
function dial(bridge: Bridge, listener: WireListener): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', receive);
      reject(new Error('The main process did not answer.'));
    }, answerMs);
    function receive(event: MessageEvent): void {
      if (event.source !== window || event.data !== portsMessage) return;
      const [calls, bytes] = event.ports;
      if (calls === undefined || bytes === undefined) return;
      clearTimeout(timer);
      window.removeEventListener('message', receive);
      resolve(openWire(calls, bytes, listener));
    }
    window.addEventListener('message', receive);
    bridge.connect();
  });
}

function openWire(calls: MessagePort, bytes: MessagePort, listener: WireListener): Wire {
  bytes.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | Uint8Array>) => {
    listener.frame(data instanceof Uint8Array ? data : new Uint8Array(data));
  });
  for (const port of [calls, bytes]) port.addEventListener('close', () => listener.closed());
  const link = new RPCLink({ port: calls });
  calls.start();
  bytes.start();
  return {
    link,
    // Without a transfer list: transferring to a port of the main process loses the message.
    post: (message) => bytes.postMessage(message),
    close: () => {
      calls.close();
      bytes.close();
    },
  };
}

/** Told once: a page that is loaded again by a person has nothing to tell. */
function takeRecovered(): boolean {
  const recovered = new URLSearchParams(window.location.search).has(recoveredParameter);
  if (recovered) window.history.replaceState(null, '', window.location.pathname);
  return recovered;
}

/** The client over the bridge, or null where there is none. */
export function createElectronClient(): Client | null {
  const bridge = window.hashlane;
  if (bridge === undefined) return null;
  const connection = new Connection((listener) => dial(bridge, listener));
  return {
    capabilities: { canBrowseServer: false, canReveal: true, recovered: takeRecovered() },
    api: connection.api,
    open: (listener) => connection.open(listener),
    reconnect: () => connection.reconnect(),
    send: (request) => connection.send(request),
    pickFiles: () => connection.api.sources.pickFiles(),
    pickFolder: () => connection.api.sources.pickFolder(),
    addDropped: (dropped) =>
      bridge.grantDropped(Array.from(dropped.files)).catch((problem: unknown) => {
        // Across the bridge an error keeps nothing but its message.
        throw new RefusedError(problem instanceof Error ? problem.message : String(problem));
      }),
    sendUploads: () => undefined,
    stopUploads: () => undefined,
    dropUploads: () => undefined,
    download: () => undefined,
    onCommand: (listener) => {
      bridge.onCommand(listener);
      return () => bridge.onCommand(null);
    },
    tellCommands: (available) => bridge.tellCommands(available),
  };
}
