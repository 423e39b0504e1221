/** Ways from main to a window: batches as bytes, JSON and objects; two sent ahead against one and against all. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type WebSocket, WebSocketServer } from 'ws';
import { writeBatch } from '#shared/batch/writer.ts';
import { maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import type { RowInput, Setting, Suite } from '../measuring/suite.ts';
import { compareAsync } from './compare.ts';

/** What a batch may be sent as: its bytes, JSON text, or objects that are cloned. */
type Frame = Uint8Array | string | readonly object[];

interface Channel {
  readonly send: (frame: Frame) => void;
  /** The receiver answers each frame once it can read the first value in it. */
  acknowledged: () => void;
  /** Bytes that wait to be sent. */
  readonly unsent: () => number;
  readonly close: () => Promise<void>;
}

const receiver = new URL('./receiver.ts', import.meta.url);

/** Cloned, as a port of Electron's main process does it. */
async function openPort(): Promise<Channel> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(receiver, { workerData: { port: port2 }, transferList: [port2] });
  const channel: Channel = {
    send: (frame) => port1.postMessage(frame),
    acknowledged: () => undefined,
    unsent: () => 0,
    async close() {
      port1.close();
      await worker.terminate();
    },
  };
  port1.on('message', () => channel.acknowledged());
  return channel;
}

async function openSocket(pauseMs = 0): Promise<Channel> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = new Worker(receiver, { workerData: { address, pauseMs } });
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  const channel: Channel = {
    send: (frame) => socket.send(frame instanceof Uint8Array ? frame : (frame as string)),
    acknowledged: () => undefined,
    unsent: () => socket.bufferedAmount,
    async close() {
      socket.terminate();
      server.close();
      await worker.terminate();
    },
  };
  socket.on('message', () => channel.acknowledged());
  return channel;
}

/** Sends `count` frames, at most `ahead` of them unacknowledged; the maximum of bytes that waited to be sent. */
function stream(channel: Channel, frame: Frame, count: number, ahead: number): Promise<number> {
  return new Promise((resolve) => {
    let [sent, acknowledged, unsent] = [0, 0, 0];
    const fill = (): void => {
      for (; sent < count && sent - acknowledged < ahead; sent++) channel.send(frame);
      unsent = Math.max(unsent, channel.unsent());
    };
    channel.acknowledged = () => {
      acknowledged += 1;
      if (acknowledged === count) resolve(unsent);
      else fill();
    };
    fill();
  });
}

const names = Array.from({ length: 400 }, (_, at) => `/home/ana/pictures/2026/holiday-${100_000 + at}.jpeg`);
const digest = new Uint8Array(32).fill(7);
/** About 64 KiB of results, as a batch and as one would send them without. */
const batch = writeBatch({
  jobId: 1,
  sequence: 0,
  algorithms: ['sha256'],
  records: names.map((name, entryId) => ({ entryId, name, size: 2000 + entryId, digests: { sha256: digest } })),
});
const objects = names.map((name, at) => ({ name, size: 2000 + at, sha256: Buffer.from(digest).toString('hex') }));

async function rows(name: string, channel: Channel, cloning: boolean, setting: Setting): Promise<RowInput[]> {
  const count = setting.quick ? 16 : 256;
  const json = JSON.stringify(objects);
  const per = 'batch';
  const sent = (frame: Frame, ahead: number) => () => stream(channel, frame, count, ahead);
  try {
    return [
      await compareAsync(
        {
          what: `channels/${name}, arrived and acknowledged`,
          per,
          note: 'Made before; JSON is parsed on arrival, a batch is only opened later.',
        },
        { batch: sent(batch, 1), JSON: sent(json, 1), ...(cloning && { objects: sent(objects, 1) }) },
        count,
        setting,
      ),
      await compareAsync(
        { what: `channels/${name}, one of a stream`, per },
        {
          [`${maxUnacknowledgedBatches} ahead`]: sent(batch, maxUnacknowledgedBatches),
          '1 ahead': sent(batch, 1),
          'all at once': sent(batch, count),
        },
        count,
        setting,
      ),
    ];
  } finally {
    await channel.close();
  }
}

async function slowReceiver({ rounds, quick }: Setting): Promise<RowInput> {
  const count = quick ? 256 : 1024;
  const channel = await openSocket(1);
  const [ours, plain] = [[], []] as [number[], number[]];
  for (let round = 0; round < rounds; round++) {
    ours.push(await stream(channel, batch, count, maxUnacknowledgedBatches));
    plain.push(await stream(channel, batch, count, count));
  }
  await channel.close();
  return {
    what: 'channels/WebSocket, a slow receiver: unsent at the peak',
    per: 'sender',
    unit: 'bytes',
    ours: { name: `${maxUnacknowledgedBatches} ahead`, rounds: ours },
    plain: [{ name: 'all at once', rounds: plain }],
    note: `${count} batches; the receiver takes 1 ms for each.`,
  };
}

export const channels: Suite = {
  name: 'channels',
  about: 'Batches over ports and sockets: as bytes, as JSON, as objects; acknowledged against all at once.',
  run: async (setting) => [
    ...(await rows('MessagePort between threads', await openPort(), true, setting)),
    ...(await rows('WebSocket', await openSocket(), false, setting)),
    await slowReceiver(setting),
  ],
};
