/**
 * The engine over the addon. Checks everything that goes in, so that C++ gets clean values, and
 * turns slab numbers into views and answers into promises.
 */
import { batchLayoutVersion, maxBatchBytes } from '#shared/batch/layout.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import { walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { statsBytes, statsSlots } from '#shared/stats/layout.ts';
import { type AlgorithmName, algorithms, findAlgorithm } from '#shared/tables/algorithms.ts';
import { type ErrorCode, errorNumber } from '#shared/tables/error-codes.ts';
import { type Addon, type AddonEngine, type AddonJobEnd, type AddonJobSpec, loadAddon, remedy } from './addon.ts';
import { check, checkedOptions, checkSpec } from './checks.ts';
import {
  type Engine,
  EngineError,
  type EngineFeed,
  type EngineInfo,
  type EngineJob,
  type EngineJobEnd,
  type EngineJobSpec,
  type EngineOptions,
  type FileHashOptions,
  type HashResult,
  type KernelSpeed,
} from './engine.ts';
import { SingleFileQueue } from './single-file-queue.ts';

const { feedPieceBytes, measuringMs: maxMeasuringMs, nameBytes: maxNameBytes } = engineLimits;

const slabBytes = 512 << 10;
const slabCount = 16;
/** `length` bytes of shared memory from a multiple of 64 on. Unlike an ArrayBuffer it cannot be detached under the engine. */
function alignedShared(addon: Addon, length: number): Uint8Array {
  const buffer = new SharedArrayBuffer(length + 64);
  const behind = addon.alignmentOf(new Uint8Array(buffer));
  return new Uint8Array(buffer, behind === 0 ? 0 : 64 - behind, length);
}

/** What the object itself needs is allocated before code of ours can give the error a code. */
function newEngine(addon: Addon, options: ConstructorParameters<Addon['Engine']>[0]): AddonEngine {
  try {
    return new addon.Engine(options);
  } catch (error) {
    if (error instanceof Error && error.message === 'std::bad_alloc')
      throw new EngineError('ENOMEM', 'There is not enough memory for the engine.');
    throw error;
  }
}

class NativeFeed implements EngineFeed {
  readonly #engine: NativeEngine;
  readonly #job: number;
  readonly #id: number;
  constructor(engine: NativeEngine, job: number, id: number) {
    this.#engine = engine;
    this.#job = job;
    this.#id = id;
  }
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += feedPieceBytes) {
      await this.#do((addon) => addon.writeFeed(this.#id, bytes.subarray(at, at + feedPieceBytes)));
    }
  }
  end(): Promise<void> {
    return this.#do((addon) => addon.endFeed(this.#id));
  }
  async abort(code: ErrorCode): Promise<void> {
    // The job may have been cancelled meanwhile, which ends its feeds: that is what was wanted.
    await this.#do((addon) => addon.abortFeed(this.#id, errorNumber(code))).catch(() => {});
  }
  #do(begin: (addon: AddonEngine) => boolean): Promise<void> {
    return this.#engine.feedOperation(this.#job, this.#id, begin);
  }
}

interface RunningJob {
  readonly spec: EngineJobSpec;
  readonly settle: (end: EngineJobEnd) => void;
  readonly fail: (error: unknown) => void;
  failure: { readonly error: unknown } | undefined;
}

class NativeEngine implements Engine {
  readonly info: EngineInfo;
  readonly stats: Uint8Array;
  readonly #module: Addon;
  readonly #addon: AddonEngine;
  readonly #slabs: Uint8Array;
  readonly #jobs = new Map<number, RunningJob>();
  readonly #answers = new Map<number, { readonly job: number; readonly answer: (taken: boolean) => void }>();
  readonly #calls = new SingleFileQueue((spec) => this.start(spec));
  #closing: Promise<void> | undefined;

  constructor(addon: Addon, options: EngineOptions) {
    const { threads, memoryLimit } = checkedOptions(options);
    this.stats = alignedShared(addon, statsBytes);
    this.#slabs = alignedShared(addon, slabBytes * slabCount);
    this.info = Object.freeze({
      get kernels() {
        return addon.kernels();
      },
      version: addon.version,
      layoutVersion: addon.batchLayoutVersion,
      threads,
      memoryLimit,
      cpu: addon.cpu,
    });
    this.#module = addon;
    this.#addon = newEngine(addon, {
      threads,
      memoryLimit,
      slabs: this.#slabs,
      slabBytes,
      stats: this.stats,
      ...(options.giveUpAfterMs === undefined ? {} : { giveUpAfterMs: options.giveUpAfterMs }),
      listener: (kind: 'batch' | 'feed' | 'end', id: number, ...rest: unknown[]) => {
        if (kind === 'batch') this.#onBatch(id, rest[0] as number, rest[1] as number);
        else if (kind === 'feed') this.#onFeed(id, rest[0] as boolean);
        else this.#onEnd(id, rest[0] as AddonJobEnd);
      },
    });
  }

  start(spec: EngineJobSpec): EngineJob {
    checkSpec(spec);
    const { id, slot } = this.#begin({
      ...walkOptionsOf(spec),
      id: spec.id ?? newJobId(),
      roots: spec.roots,
      algorithmIds: spec.algorithms.map((name) => findAlgorithm(name)!.id),
      walkOrder: spec.order === 'walk',
      filesOnly: spec.filesOnly ?? false,
      filterRoots: spec.filterRoots ?? false,
      countAhead: spec.countAhead,
      feeds: spec.feeds,
      feedBytes: spec.feedBytes ?? 0,
      interactive: spec.priority === 'interactive',
      identities: spec.identities ?? false,
      ...(spec.known === undefined ? {} : { known: spec.known }),
      ...(spec.listOnly === undefined ? {} : { listOnly: spec.listOnly }),
      ...(spec.listed === undefined ? {} : { listed: spec.listed }),
      ...(spec.shard === undefined ? {} : { shard: spec.shard }),
    });
    const done = new Promise<EngineJobEnd>((settle, fail) => {
      this.#jobs.set(id, { spec, settle, fail, failure: undefined });
    });
    const whileRunning = (act: () => void) => () => {
      if (this.#jobs.has(id)) act();
    };
    return {
      id,
      slot,
      done,
      pause: whileRunning(() => this.#addon.pause(id)),
      resume: whileRunning(() => this.#addon.resume(id)),
      cancel: whileRunning(() => this.#addon.cancel(id)),
      openFeed: (name, root, size) => {
        check(name.length > 0 && name.length <= maxNameBytes, 'INPUT_TOO_LARGE', 'A name is empty or too long.');
        const feed = this.#jobs.has(id) ? this.#addon.openFeed(id, name, root, size) : 0;
        check(feed !== 0, 'FEED_REFUSED', 'The job takes no further feed.');
        return new NativeFeed(this, id, feed);
      },
    };
  }

  #begin(spec: AddonJobSpec): { id: number; slot: number } {
    try {
      return this.#addon.start(spec);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const code = 'code' in error && typeof error.code === 'string' ? error.code : 'ENGINE_FAILED';
      throw new EngineError(code, error.message);
    }
  }

  hash(path: string | Uint8Array, options: FileHashOptions): Promise<HashResult> {
    return this.#calls.hash(path, options);
  }

  async measureSpeed(name: AlgorithmName, milliseconds: number, interruption?: AbortSignal): Promise<KernelSpeed> {
    const algorithm = findAlgorithm(name);
    check(algorithm !== undefined, 'UNKNOWN_ALGORITHM', `There is no algorithm called ${name}.`);
    check(
      Number.isInteger(milliseconds) && milliseconds >= 1 && milliseconds <= maxMeasuringMs,
      'BAD_DURATION',
      `Expected 1 to ${maxMeasuringMs} milliseconds and received ${milliseconds}.`,
    );
    const stop = new Uint8Array(new SharedArrayBuffer(1));
    const halt = () => Atomics.store(stop, 0, 1);
    if (interruption?.aborted) halt();
    interruption?.addEventListener('abort', halt, { once: true });
    try {
      const { singleStream, lanes } = await this.#module.measureSpeed(algorithm.id, milliseconds, stop);
      return { singleStream: singleStream || null, lanes: lanes || null };
    } finally {
      interruption?.removeEventListener('abort', halt);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Internal: one operation on a feed, resolved when a worker has done it. */
  async feedOperation(job: number, id: number, begin: (addon: AddonEngine) => boolean): Promise<void> {
    const closed = () => new EngineError('FEED_CLOSED', 'The feed has ended or its job was cancelled.');
    if (!begin(this.#addon)) throw closed();
    const taken = await new Promise<boolean>((answer) => this.#answers.set(id, { job, answer }));
    if (!taken) throw closed();
  }

  async #close(): Promise<void> {
    this.#calls.close();
    const ends = [...this.#jobs.keys()].map((id) => {
      this.#addon.cancel(id);
      return new Promise<void>((resolve) => this.#ended.set(id, resolve));
    });
    // A consumer that never gives its slabs back must not keep the process from ending.
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, 5000).unref());
    await Promise.race([Promise.all(ends), timeout]);
    this.#addon.close();
    for (const job of this.#jobs.values()) job.fail(new EngineError('ENGINE_CLOSED', 'The engine was closed.'));
    this.#jobs.clear();
    this.#refuseWaiting(() => true);
  }
  readonly #ended = new Map<number, () => void>();

  #onBatch(id: number, slab: number, length: number): void {
    const job = this.#jobs.get(id);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      this.#addon.releaseSlab(slab);
    };
    if (job === undefined || job.failure !== undefined) {
      release();
      return;
    }
    const start = slab * slabBytes;
    try {
      job.spec.onBatch(this.#slabs.subarray(start, start + length), release);
    } catch (error) {
      job.failure = { error };
      release();
      this.#addon.cancel(id);
    }
  }

  #onFeed(id: number, taken: boolean): void {
    const waiting = this.#answers.get(id);
    this.#answers.delete(id);
    waiting?.answer(taken);
  }

  #refuseWaiting(ofJob: (job: number) => boolean): void {
    for (const [id, { job }] of this.#answers) {
      if (ofJob(job)) this.#onFeed(id, false);
    }
  }

  #onEnd(id: number, end: AddonJobEnd): void {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    this.#addon.unref();
    if (end.state === 'failed') this.#refuseWaiting((waiting) => waiting === id);
    if (job?.failure) job.fail(job.failure.error);
    else if (end.state === 'failed') job?.fail(new EngineError('OUT_OF_MEMORY', 'The engine ran out of memory.'));
    else job?.settle({ ...end, state: end.state });
    this.#ended.get(id)?.();
    this.#ended.delete(id);
    this.#calls.wake();
  }
}

/**
 * Loads the addon and starts an engine. Throws EngineError: ADDON_MISSING, ADDON_UNLOADABLE,
 * UNKNOWN_KERNELS, LAYOUT_MISMATCH (an addon of another build), BAD_THREADS, BAD_MEMORY_LIMIT.
 */
export function loadEngine(options: EngineOptions = {}): Engine {
  const addon = loadAddon();
  const sameTables =
    addon.batchLayoutVersion === batchLayoutVersion &&
    addon.statsSlots === statsSlots &&
    slabBytes <= maxBatchBytes &&
    JSON.stringify(addon.algorithms) ===
      JSON.stringify(algorithms.map(({ id, name, digestLength }) => ({ id, name, digestLength })));
  check(sameTables, 'LAYOUT_MISMATCH', `The native engine is of another build. ${remedy()}`);
  return new NativeEngine(addon, options);
}
