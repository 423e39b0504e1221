/**
 * The two sockets of a window: `/rpc?window=ID` carries the contract, `/bytes?window=ID` the byte
 * channel. The page makes the id up; it ties the two together and grants nothing.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { socketProtocol, webRoutes } from '#shared/contract/bridge.ts';
import type { App } from '../../app/app.ts';
import { CallServer } from '../../app/contract/call-server.ts';
import { MessageBudget } from '../../app/contract/message-budget.ts';
import { CallGate, maxUnsentBytes } from './call-gate.ts';
import type { WebLimits } from './limits.ts';
import { socketBytePort } from './socket-byte-port.ts';

/** A declared upload of a million files is the largest message; channel requests are tiny. */
const maxRpcMessage = 128 << 20;
const maxBytesMessage = 16 << 10;

/** The secret among the offered subprotocols is not repeated in the answer. */
const handleProtocols = (offered: Set<string>): string | false => offered.has(socketProtocol) && socketProtocol;

export class Sockets {
  readonly #app: App;
  readonly #limits: WebLimits;
  readonly #calls: CallServer;
  readonly #rpc = new WebSocketServer({
    noServer: true,
    /* guard: size of a call over a socket => maxPayload: 0 */ maxPayload: maxRpcMessage,
    handleProtocols,
  });
  readonly #bytes = new WebSocketServer({
    noServer: true,
    /* guard: size of a request over a socket => maxPayload: 0 */ maxPayload: maxBytesMessage,
    handleProtocols,
  });
  /** Whether each socket has answered the last beat. */
  readonly #alive = new Map<WebSocket, boolean>();
  readonly #heartbeat: NodeJS.Timeout;

  /** `report` gets what pages send that no page of ours sends, in single lines. */
  constructor(app: App, limits: WebLimits, report: (line: string) => void) {
    this.#app = app;
    this.#limits = limits;
    this.#calls = new CallServer(app.router, report);
    this.#heartbeat = setInterval(() => this.#beat(), limits.heartbeatMs).unref();
  }

  /** Takes over a connection that has passed the checks; the status to refuse it with otherwise. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, url: URL): 400 | 404 | 503 | null {
    const windowId = url.searchParams.get('window') ?? '';
    if (url.pathname !== webRoutes.contract && url.pathname !== webRoutes.bytes) return 404;
    if (!/^[\w-]{8,64}$/.test(windowId)) return 400;
    // guard: number of sockets
    if (this.#alive.size >= this.#limits.sockets) return 503;
    if (url.pathname === webRoutes.contract) {
      this.#rpc.handleUpgrade(request, stream, head, (socket) => {
        this.#adopt(socket);
        this.#limitCalls(socket);
        const connection = {
          send: (answer: Parameters<WebSocket['send']>[0]) => socket.send(answer),
          onMessage: (listener: (call: string | Uint8Array<ArrayBuffer>) => void) =>
            void socket.on('message', (data, isBinary) =>
              listener(isBinary ? new Uint8Array(data as Buffer) : String(data)),
            ),
          onClose: (listener: () => void) => void socket.on('close', listener),
        };
        this.#calls.serve(connection, { windowId, gate: new CallGate(socket) });
      });
    } else {
      this.#bytes.handleUpgrade(request, stream, head, (socket) => {
        this.#adopt(socket);
        this.#app.attachBytes(windowId, socketBytePort(socket));
      });
    }
    return null;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const socket of this.#alive.keys()) socket.terminate();
  }

  #adopt(socket: WebSocket): void {
    this.#alive.set(socket, true);
    socket.on('pong', () => this.#alive.set(socket, true));
    socket.on('close', () => this.#alive.delete(socket));
    // Broken frames and vanished peers; `close` follows.
    socket.on('error', () => undefined);
  }

  /** Before the handler listens: a call too many ends the socket and reaches nobody. */
  #limitCalls(socket: WebSocket): void {
    const budget = new MessageBudget(this.#limits.calls);
    socket.on('message', () => {
      // guard: number of calls over a socket
      if (!budget.take()) socket.terminate();
    });
  }

  #beat(): void {
    for (const [socket, answered] of this.#alive) {
      if (/* guard: heartbeat */ !answered || socket.bufferedAmount > maxUnsentBytes) {
        socket.terminate();
        continue;
      }
      this.#alive.set(socket, false);
      socket.ping();
    }
  }
}
