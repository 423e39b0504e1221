/** The receiving end of channels.ts, on a thread of its own: over the port or the address that it is given. */
import { setTimeout as pause } from 'node:timers/promises';
import { type MessagePort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const { port, address, pauseMs } = workerData as { port?: MessagePort; address?: string; pauseMs?: number };

/** Text has to be parsed before anything in it can be read; bytes and objects lie there. */
const take = (frame: unknown): void => void (typeof frame === 'string' && JSON.parse(frame));

port?.on('message', (frame: unknown) => {
  take(frame);
  port.postMessage(null);
});
if (address !== undefined) {
  const socket = new WebSocket(address, { maxPayload: 8 << 20 });
  socket.binaryType = 'arraybuffer';
  socket.on('message', async (data, isBinary) => {
    take(isBinary ? data : String(data));
    if (pauseMs) {
      // Nothing further is read from the socket meanwhile.
      socket.pause();
      await pause(pauseMs);
      socket.resume();
    }
    socket.send('');
  });
}
