/**
 * The ways from main to a window: batches as bytes against the same results as JSON and as objects, two under way
 * against one and against all at once, and what a slow window costs the sender's memory.
 */
import { maxUnacknowledgedBatches } from '#shared/contract/byte-channel.ts';
import { formatSize } from '#shared/text/quantities.ts';
import { batchWithin, plainResults, slowBatchBytes } from '../channels/batches.ts';
import { streamInElectron, type Work } from '../channels/electron-channel.ts';
import { openPort, openSocket } from '../channels/open.ts';
import { growthOfSender, slowMs } from '../channels/slow-receiver.ts';
import { type Frame, stream } from '../channels/stream.ts';
import { reasonForNoElectron } from '../product/electron-app.ts';
import type { Row, Setting, Suite } from '../suite.ts';

const kibibytes = [1, 64, 1024];

/** How a way of sending is called, and what it sends. */
interface Way {
  readonly name: string;
  readonly frame: Frame;
  readonly underWay: number;
}

/** One row: ours first. The same results in every way. */
interface Contest {
  readonly what: string;
  readonly ways: readonly Way[];
  /** Batches a round. */
  readonly count: number;
}

type Send = (works: readonly Work[], rounds: number) => Promise<number[][]>;

function contests(name: string, objectsToo: boolean, quick: boolean): Contest[] {
  return kibibytes.flatMap((size): Contest[] => {
    const batch = batchWithin(size << 10);
    const results = plainResults(batch);
    const text = JSON.stringify(results);
    const count = Math.max(8, Math.round((quick ? 512 : 4096) / Math.max(size, 16)));
    const what = `channels/${name}, ${size} KiB`;
    return [
      {
        what: `${what}, arrived and acknowledged`,
        count,
        ways: [
          { name: 'batch', frame: batch, underWay: 1 },
          { name: 'JSON', frame: text, underWay: 1 },
          ...(objectsToo ? [{ name: 'objects', frame: results, underWay: 1 }] : []),
        ],
      },
      {
        what: `${what}, one of a stream`,
        count,
        ways: [
          { name: `${maxUnacknowledgedBatches} under way`, frame: batch, underWay: maxUnacknowledgedBatches },
          { name: '1 under way', frame: batch, underWay: 1 },
          { name: 'all at once', frame: batch, underWay: count },
        ],
      },
    ];
  });
}

async function rowsOf(list: readonly Contest[], rounds: number, send: Send, note: string): Promise<Row[]> {
  const works = list.flatMap(({ ways, count }) =>
    ways.map(({ frame, underWay }): Work => ({ frame, underWay, count })),
  );
  const times = await send(works, rounds);
  let next = 0;
  return list.map(({ what, ways, count }): Row => {
    const [ours, ...plain] = ways.map(({ name }) => {
      return { name, rounds: times[next++]!.map((ms) => (ms * 1000) / count) };
    });
    return { what, per: 'batch', unit: 'µs', ours: ours!, plain, note };
  });
}

async function inThisProcess(open: typeof openSocket, works: readonly Work[], rounds: number): Promise<number[][]> {
  const channel = await open();
  const times = works.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { frame, count, underWay }] of works.entries()) {
      const ms = await stream(channel, frame, count, underWay);
      if (round > 0) times[at]!.push(ms);
    }
  }
  await channel.close();
  return times;
}

async function slowReceiver({ rounds, quick, scratch }: Setting): Promise<Row> {
  const batches = quick ? 64 : 512;
  const bytes = { credits: [] as number[], unbounded: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const way of ['credits', 'unbounded'] as const) bytes[way].push(await growthOfSender(way, batches, scratch));
  }
  const sent = formatSize(batches * slowBatchBytes);
  return {
    what: 'channels/WebSocket, a slow receiver: growth of the sender at its peak',
    per: 'sender',
    unit: 'bytes',
    ours: { name: `${maxUnacknowledgedBatches} under way, journal`, rounds: bytes.credits },
    plain: [{ name: 'all at once', rounds: bytes.unbounded }],
    note: `${sent} in batches of ${slowBatchBytes >> 10} KiB; the receiver takes ${slowMs} ms for each. Resident memory.`,
  };
}

async function run(setting: Setting): Promise<readonly Row[]> {
  const { rounds, quick, scratch } = setting;
  const noElectron = reasonForNoElectron();
  const note = 'JSON and objects were made before; JSON is parsed on arrival, a batch is only opened later.';
  const lacking = noElectron === null ? '' : ` Electron is left out: ${noElectron}.`;
  const here =
    (open: typeof openSocket): Send =>
    (works, count) =>
      inThisProcess(open, works, count);
  const rows = [
    ...(await rowsOf(
      contests('MessagePort between threads', true, quick),
      rounds,
      here(async () => openPort()),
      note,
    )),
    ...(await rowsOf(contests('WebSocket', false, quick), rounds, here(openSocket), note + lacking)),
  ];
  if (noElectron === null) {
    const send: Send = (works, count) => streamInElectron(works, count, scratch);
    rows.push(...(await rowsOf(contests("Electron's port to a page", true, quick), rounds, send, note)));
  }
  return [...rows, await slowReceiver(setting)];
}

export const channels: Suite = {
  name: 'channels',
  about: 'batches over ports and sockets: as bytes, as JSON, as objects; credits against none',
  run,
};
