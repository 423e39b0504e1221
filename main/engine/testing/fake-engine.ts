/**
 * An engine whose results a test hands out, so that the core can be driven through orders of
 * events that a real engine gives only by chance. It keeps the real one's promises: batches in
 * order, `done` after the last one, feeds that end once, and a cancel that ends open feeds.
 */
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import {
  engineSlots,
  jobRegionSlots,
  jobSlots,
  jobsAt,
  statsBytes,
  statsLayoutVersion,
  statsMagic,
} from '#shared/stats/layout.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ErrorCode } from '#shared/tables/error-codes.ts';
import {
  type Engine,
  EngineError,
  type EngineFeed,
  type EngineInfo,
  type EngineJob,
  type EngineJobEnd,
  type EngineJobSpec,
  type KernelSpeed,
} from '../engine.ts';
import { SingleFileQueue } from '../single-file-queue.ts';

const info: EngineInfo = {
  version: '0',
  layoutVersion: 1,
  threads: 2,
  memoryLimit: 1 << 28,
  cpu: ['AVX2'],
  kernels: [{ algorithm: 'md5', implementation: 'fake', lanes: { target: 'AVX2', count: 8 }, selfTest: 'passed' }],
};

export class FakeEngine implements Engine {
  readonly info = info;
  readonly stats = new Uint8Array(new SharedArrayBuffer(statsBytes));
  readonly jobs: FakeJob[] = [];
  /** Thrown by the next `start`. */
  refusal: EngineError | null = null;

  constructor() {
    this.setStat(engineSlots.magic, BigInt(statsMagic) | (BigInt(statsLayoutVersion) << 32n));
  }

  start(spec: EngineJobSpec): FakeJob {
    if (this.refusal !== null) throw this.refusal;
    const job = new FakeJob(this, spec.id ?? newJobId(), this.jobs.length % 64, spec);
    this.jobs.push(job);
    return job;
  }
  readonly #calls = new SingleFileQueue((spec) => this.start(spec));
  readonly hash = this.#calls.hash.bind(this.#calls);
  /** Replaced by a test that wants to see the measuring. */
  measureSpeed = async (_name: AlgorithmName, _ms: number, _interruption?: AbortSignal): Promise<KernelSpeed> => ({
    singleStream: 700e6,
    lanes: 5.6e9,
  });
  async close(): Promise<void> {
    for (const job of this.jobs) job.cancel();
  }

  setStat(slot: number, value: bigint): void {
    new DataView(this.stats.buffer).setBigUint64(slot * 8, value, true);
  }
}

export interface FakeFeed {
  readonly name: string;
  readonly root: number;
  bytes: string;
  end: 'complete' | ErrorCode | null;
}

export class FakeJob implements EngineJob {
  readonly id: number;
  readonly slot: number;
  readonly spec: EngineJobSpec;
  readonly done: Promise<EngineJobEnd>;
  readonly feeds: FakeFeed[] = [];
  readonly calls: string[] = [];
  /** Slabs handed out and not yet released. */
  unreleased = 0;
  /** Set by a test to keep writes to feeds waiting, as a paused job does. */
  holdWrites: Promise<void> = Promise.resolve();
  readonly #engine: FakeEngine;
  #settle!: { resolve(end: EngineJobEnd): void; reject(error: Error): void };
  #sequence = 0;
  #records = 0;
  #cancelled = false;

  constructor(engine: FakeEngine, id: number, slot: number, spec: EngineJobSpec) {
    this.#engine = engine;
    this.id = id;
    this.slot = slot;
    this.spec = spec;
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.setStat('jobId', id);
  }

  pause(): void {
    this.calls.push('pause');
  }
  resume(): void {
    this.calls.push('resume');
  }
  cancel(): void {
    this.calls.push('cancel');
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const feed of this.feeds) feed.end ??= 'CANCELLED';
    queueMicrotask(() => this.finish());
  }

  setStat(field: keyof typeof jobSlots, value: number): void {
    this.#engine.setStat(jobsAt + this.slot * jobRegionSlots + jobSlots[field], BigInt(value));
  }

  /** Hands a batch over as the engine does, in a slab that is scribbled over once it is released. */
  emit(records: readonly Omit<RecordInput, 'entryId'>[]): void {
    const bytes = writeBatch({
      jobId: this.id,
      sequence: this.#sequence++,
      algorithms: this.spec.algorithms as AlgorithmName[],
      records: records.map((record) => ({ entryId: this.#records++, ...record })),
    });
    this.emitBytes(bytes);
  }

  emitBytes(bytes: Uint8Array): void {
    const slab = new Uint8Array(new SharedArrayBuffer(bytes.length));
    slab.set(bytes);
    this.unreleased++;
    this.spec.onBatch(slab, () => {
      this.unreleased--;
      slab.fill(0xee);
    });
  }

  finish(end: Partial<EngineJobEnd> = {}): void {
    this.#settle.resolve({
      state: this.#cancelled ? 'cancelled' : 'finished',
      files: this.#records,
      bytes: 0,
      ok: this.#records,
      failed: 0,
      skipped: 0,
      filteredOut: 0,
      elapsedMs: 5,
      ...end,
    });
  }

  fail(error: Error): void {
    this.#settle.reject(error);
  }

  openFeed(name: Uint8Array, root: number): EngineFeed {
    if (this.#cancelled) throw new EngineError('FEED_REFUSED', 'The job takes no further feed.');
    const feed: FakeFeed = { name: new TextDecoder().decode(name), root, bytes: '', end: null };
    this.feeds.push(feed);
    const conclude = (end: 'complete' | ErrorCode): void => {
      if (feed.end !== null) throw new EngineError('FEED_ENDED', 'The feed has ended.');
      feed.end = end;
      if (this.feeds.length === this.spec.feeds && this.feeds.every((one) => one.end !== null)) this.finish();
    };
    return {
      write: async (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');
        await this.holdWrites;
        if (this.#cancelled) throw new EngineError('FEED_CLOSED', 'The job was cancelled.');
        feed.bytes += text;
      },
      end: async () => conclude('complete'),
      abort: async (code) => {
        if (feed.end === null) conclude(code);
      },
    };
  }
}
