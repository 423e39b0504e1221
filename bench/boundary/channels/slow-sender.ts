/**
 * A sender whose receiver is slow, in a process of its own: `slow-sender.ts credits|unbounded BATCHES FOLDER`. Says at
 * which port it serves, and at the end by how much its memory had grown at most.
 */
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { batchHeader } from '#shared/batch/layout.ts';
import type { Job } from '../../../main/app/jobs/job.ts';
import { Delivery } from '../../../main/app/windows/delivery.ts';
import { socketBytePort } from '../../../main/hosts/web/socket-byte-port.ts';
import { Journal } from '../../../main/store/journal.ts';
import { batchWithin, slowBatchBytes } from './batches.ts';

/** The engine's slabs, of which there is one here: the next batch is written once it is given back. */
function* produced(count: number): Generator<Uint8Array> {
  const slab = batchWithin(slowBatchBytes);
  const view = new DataView(slab.buffer);
  for (let sequence = 0; sequence < count; sequence++) {
    view.setUint32(batchHeader.sequence[0], sequence, true);
    yield slab;
  }
}

/** As the product does it: through the journal, two batches under way. */
async function sendWithCredits(socket: WebSocket, count: number, journal: Journal): Promise<void> {
  const job = { id: 1, journal } as unknown as Job;
  const delivery = new Delivery(socketBytePort(socket), { job: () => job, stats: new Uint8Array(0) });
  journal.listen({
    appended: (sequence, batch) => delivery.batchWritten(job, sequence, batch),
    failed: (error) => {
      throw error;
    },
  });
  for (const batch of produced(count)) {
    await new Promise<void>((released) => journal.append(batch, released));
  }
}

/** As it would be without credits: whatever comes is sent. */
function sendAll(socket: WebSocket, count: number): void {
  for (const batch of produced(count)) socket.send(batch.slice());
}

async function serve(way: string, count: number, folder: string): Promise<void> {
  // Before anybody can connect: what is asked for at once must be heard.
  const journal = await Journal.create(path.join(folder, `${process.pid}.hlj`), {
    id: 1,
    kind: 'hash',
    startedAt: Date.now(),
  });
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
  server.on('connection', (socket) => {
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    socket.on('close', () => {
      clearInterval(watch);
      server.close();
      void journal.remove();
      process.send?.({ grown: Math.max(peak, process.memoryUsage.rss()) - before });
      process.disconnect?.();
    });
    if (way === 'credits') void sendWithCredits(socket, count, journal);
    else sendAll(socket, count);
  });
}

const [way, count, folder] = process.argv.slice(2) as [string, string, string];
await serve(way, Number(count), folder);
