/** The receiving end, on a thread of its own: over the port or the address that it is given. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const { port, address } = workerData as { port?: MessagePort; address?: string };

/** Text has to be parsed before anything in it can be read; the rest lies there. */
const take = (frame: unknown): void => void (typeof frame === 'string' && JSON.parse(frame));

port?.on('message', (frame: unknown) => {
  take(frame);
  port.postMessage({ kind: 'acknowledge' });
});
if (address !== undefined) {
  const socket = new WebSocket(address, { maxPayload: 8 << 20 });
  socket.binaryType = 'arraybuffer';
  socket.on('message', (data, isBinary) => {
    take(isBinary ? data : String(data));
    socket.send('{"kind":"acknowledge"}');
  });
}
