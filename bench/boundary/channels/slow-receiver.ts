/** How much memory a sender takes whose receiver is slow: its own process's, at the peak. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const sender = fileURLToPath(new URL('./slow-sender.ts', import.meta.url));

/** What the receiver needs for a batch, milliseconds. */
export const slowMs = 2;

/** Bytes by which the sender's process had grown at most when the last batch had been taken in. */
export async function growthOfSender(way: 'credits' | 'unbounded', batches: number, folder: string): Promise<number> {
  const child = fork(sender, [way, String(batches), folder], { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { maxPayload: 8 << 20 });
  const told = once(child, 'message') as Promise<[{ grown: number }]>;
  let taken = 0;
  // Listened to from the first: without credits the sender waits for nothing.
  await new Promise<void>((resolve) => {
    socket.on('open', () => {
      if (way === 'credits') socket.send(JSON.stringify({ kind: 'subscribe', jobId: 1, sequence: 0 }));
    });
    socket.on('message', () => {
      // Nothing further is read from the socket meanwhile.
      socket.pause();
      setTimeout(() => {
        taken += 1;
        if (way === 'credits') socket.send('{"kind":"acknowledge"}');
        if (taken === batches) resolve();
        else socket.resume();
      }, slowMs);
    });
  });
  socket.terminate();
  const [{ grown }] = await told;
  return grown;
}
