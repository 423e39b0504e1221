/** Channels to a receiver on another thread: a MessagePort, and the web host's sockets. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type WebSocket, WebSocketServer } from 'ws';
import { socketBytePort } from '../../../main/hosts/web/socket-byte-port.ts';
import type { Channel, Frame } from './stream.ts';

export interface OpenChannel extends Channel {
  close(): Promise<void>;
}

const receiver = new URL('./receiver.ts', import.meta.url);

export function openPort(): OpenChannel {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(receiver, { workerData: { port: port2 }, transferList: [port2] });
  let acknowledged: () => void = () => undefined;
  port1.on('message', () => acknowledged());
  return {
    // Cloned, as a port of Electron's main process does it.
    send: (frame: Frame) => port1.postMessage(frame),
    onAcknowledged: (listener) => {
      acknowledged = listener;
    },
    async close() {
      port1.close();
      await worker.terminate();
    },
  };
}

export async function openSocket(): Promise<OpenChannel> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = new Worker(receiver, { workerData: { address } });
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  const bytes = socketBytePort(socket);
  let acknowledged: () => void = () => undefined;
  bytes.onMessage(() => acknowledged());
  return {
    send: (frame) => {
      if (frame instanceof Uint8Array) bytes.post(frame);
      else socket.send(frame as string);
    },
    onAcknowledged: (listener) => {
      acknowledged = listener;
    },
    async close() {
      socket.terminate();
      server.close();
      await worker.terminate();
    },
  };
}
