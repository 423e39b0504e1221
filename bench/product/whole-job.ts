/**
 * A job from start to end with its core and its window in this one process, and what memory that took:
 * `whole-job.ts FOLDER FILES held|dropped DATA`.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { ByteChannelRequest } from '#shared/contract/byte-channel.ts';
import { defaultSettings } from '#shared/contract/models.ts';
import { readStats } from '#shared/stats/reader.ts';
import { createApp } from '../../main/app/app.ts';
import type { BytePort } from '../../main/app/host.ts';
import type { Engine, EngineJobSpec } from '../../main/engine/engine.ts';
import { loadEngine } from '../../main/engine/native-engine.ts';
import { Reception } from '../../renderer/client/reception.ts';
import { folderOf } from '../../renderer/hash/folder-of.ts';
import { ResultTable } from '../../renderer/results/result-table.ts';

/** Bytes. */
export interface JobMemory {
  /** Resident before the engine was made, at the highest since the process began, and once all was done. */
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  /** Slabs that were written to, and the maximum that pools held. */
  readonly buffers: number;
  /** All batches of the job together. */
  readonly batchBytes: number;
  readonly heapUsed: number;
}

/** Notes which slabs are ever written to: memory that nobody touched is not there. */
function watched(engine: Engine): { engine: Engine; slabBytes(): number } {
  const slabs = new Map<number, number>();
  const start = (spec: EngineJobSpec) =>
    engine.start({
      ...spec,
      onBatch: (batch, release) => {
        slabs.set(batch.byteOffset, Math.max(batch.length, slabs.get(batch.byteOffset) ?? 0));
        spec.onBatch(batch, release);
      },
    });
  const get = (of: Engine, name: string | symbol): unknown => {
    const value: unknown = name === 'start' ? start : Reflect.get(of, name);
    // Its private fields are those of the engine itself.
    return typeof value === 'function' ? value.bind(of) : value;
  };
  return {
    engine: new Proxy(engine, { get }),
    slabBytes: () => [...slabs.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** A byte channel to a window in this process: each frame arrives as memory of its own, as over a port or socket. */
function windowPort(take: (frame: Uint8Array) => void): { port: BytePort; send(request: ByteChannelRequest): void } {
  let receive: (message: unknown) => void = () => undefined;
  const port: BytePort = {
    post: (frame) => {
      const arrived = frame.slice();
      setImmediate(() => take(arrived));
    },
    onMessage: (listener) => {
      receive = listener;
    },
    onClose: () => undefined,
    close: () => undefined,
  };
  return { port, send: (request) => receive(request) };
}

async function run(folder: string, files: number, rows: string, dataFolder: string): Promise<JobMemory> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const { engine, slabBytes } = watched(loadEngine());
  const app = createApp({
    engine,
    dataFolder,
    services: { kind: 'web', acceptsTypedPaths: true },
    version: '0',
  });
  const table = new ResultTable();
  let taken = 0;
  let batchBytes = 0;
  const { port, send } = windowPort((frame) => reception.takeBatch(frame));
  const reception = new Reception(send, {
    follows: ({ id, sources }) => table.setFolders(id, sources.map(folderOf)),
    block: (_, block) => {
      if (block.kind !== 'batch') throw new Error('A job of hashing has batches');
      const { batch } = block;
      taken += batch.count;
      batchBytes += batch.bytes.length;
      if (rows === 'held') table.append(batch);
    },
    broken: (_, code) => {
      throw new Error(code);
    },
  });
  app.attachBytes('window-1', port);
  const client = createRouterClient(app.router, { context: { windowId: 'window-1' } });
  const [source] = await app.grant([folder]);
  const job = await client.jobs.start({
    kind: 'hash',
    sources: [source!.id],
    algorithms: ['sha256'],
    walk: defaultSettings.walk,
  });
  reception.follow(job);
  while (app.activeJobs() > 0 || taken < files) await nextTurn();
  const peak = process.resourceUsage().maxRSS * 1024;
  const { memoryPeak } = readStats(engine.stats).engine;
  globalThis.gc?.();
  const { rss: after, heapUsed } = process.memoryUsage();
  if (rows === 'held' && table.count !== files) throw new Error('Rows are missing');
  await app.close();
  await engine.close();
  return { before, peak, after, buffers: slabBytes() + memoryPeak, batchBytes, heapUsed };
}

const [folder, files, rows, dataFolder] = process.argv.slice(2) as [string, string, string, string];
process.send?.(await run(folder, Number(files), rows, dataFolder));
process.disconnect?.();
