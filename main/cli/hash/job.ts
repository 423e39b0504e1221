/** Runs the engine's jobs, one for each part of the paths, and leads their results to where they shall go. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchView } from '#shared/batch/reader.ts';
import { walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '#shared/tables/error-codes.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import type { Output } from '../../base/output/types.ts';
import { nameText, shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';
import type { Engine, EngineFeed } from '../../engine/engine.ts';
import { DocumentSink } from '../../tasks/pipeline/document-sink.ts';
import { EngineRun } from '../../tasks/pipeline/engine-run.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import type { JournaledRun } from '../commands/resume/journaled-run.ts';
import { InterruptedError } from '../errors.ts';
import type { StreamOperand } from '../input/operands.ts';
import { readBytes } from '../input/streams.ts';
import { interrupted, unlessInterrupted } from '../interruption.ts';
import type { ByteSink, MessageSink, World } from '../world.ts';
import type { BaseNames } from './base-names.ts';
import type { Failures } from './failures.ts';
import { type HashOptions, writerOf } from './options.ts';
import { ProgressLine } from './progress.ts';
import type { Share } from './share.ts';
import { terminalOutput } from './terminal-output.ts';

/** How long an interrupted command waits for a reader that does not read. */
const lastWriteMs = 500;

const streamsLack = 'BTIH and Git blobs are left out, for they need the size beforehand, which a stream does not have';

/** They cover the size of what they are of. */
const needSize: ReadonlySet<AlgorithmName> = new Set(['btih', 'git-blob', 'git-blob-sha256']);

export interface Work {
  /** At least one part. */
  readonly parts: AsyncIterable<readonly Uint8Array[]>;
  readonly streams: readonly StreamOperand[];
  readonly options: HashOptions;
  readonly engine: Engine;
  readonly output: ByteSink;
  /** Files that this command writes: they must not stand among the results. */
  readonly files: readonly Output[];
  readonly failures: Failures;
  readonly world: World;
  /** Names that differ from those that the engine gives. */
  readonly names?: BaseNames;
  /** What results are written to before they are shown; there is one part then, and no stream. */
  readonly journal?: JournaledRun;
  /** What of the work is this machine's; absent for all of it. */
  readonly share?: Share;
}

export interface WorkDone {
  readonly totals: RecordTotals;
  readonly elapsedMs: number;
}

/** Rejects with InterruptedError, StreamClosedError, FailedAttempt, UsageError or EngineError. */
export async function runJobs(work: Work): Promise<WorkDone> {
  const { world } = work;
  const progress = showsProgress(work.options.progress, world) ? new ProgressLine(world.messages) : undefined;
  const jobs = new Jobs(work, progress);
  try {
    const parts = work.parts[Symbol.asyncIterator]();
    for (let isFirst = true; ; isFirst = false) {
      const { done, value } = await unlessInterrupted(parts.next(), world.interruption);
      if (done) break;
      if (isFirst && work.streams.length > 0) await jobs.runStreams(work.streams);
      if (value.length > 0 || (isFirst && work.streams.length === 0)) await jobs.run(value, [], work.options.algorithm);
    }
    await jobs.runStreams(jobs.pipes);
    return await jobs.finish();
  } finally {
    progress?.stop();
  }
}

class Jobs {
  readonly #work: Work;
  readonly #progress: ProgressLine | undefined;
  readonly #messages: MessageSink;
  readonly #results: DocumentSink;
  /** Streams that were met among the paths. */
  readonly pipes: StreamOperand[] = [];
  #roots: readonly Uint8Array[] = [];
  #job: EngineRun | undefined;
  #elapsedMs = 0;

  constructor(work: Work, progress: ProgressLine | undefined) {
    const { options, failures, world, journal } = work;
    this.#work = work;
    this.#progress = progress;
    const messages = progress ?? world.messages;
    this.#messages = messages;
    const output = work.output.isTerminal ? terminalOutput(work.output, progress) : work.output;
    const writer = writerOf(options);
    this.#results = new DocumentSink({
      writer: work.names?.writer(writer) ?? writer,
      order: journal?.givesSorted ? 'completion' : options.order,
      async write(bytes) {
        await output.write(bytes);
        await messages.drained();
      },
      isLeftOut: (batch, index) => this.#isOwn(batch, index) || this.#isStream(batch, index),
      onFailed: (batch, index) => failures.add(batch, index, this.#isOperand(batch, index), messages),
      onOpenForWriting: (batch, index) => failures.addOpenForWriting(batch, index, messages),
      onRefused: (name, reason) => failures.addProblem(`${shownName(name)}: ${reason}`, messages),
      onFailure: () => this.#job?.cancel(),
    });
  }

  /** `all` means what can be had of a stream. */
  async runStreams(streams: readonly StreamOperand[]): Promise<void> {
    if (streams.length === 0) return;
    const { algorithm } = this.#work.options;
    const all = algorithm.length === algorithmNames.length;
    if (all) this.#messages.write(`hashlane: ${streamsLack}\n`);
    await this.run([], streams, all ? algorithm.filter((name) => !needSize.has(name)) : algorithm);
  }

  async run(
    roots: readonly Uint8Array[],
    streams: readonly StreamOperand[],
    algorithms: readonly AlgorithmName[],
  ): Promise<void> {
    const { options, engine, world, journal, share } = this.#work;
    // Records of a plan's paths are of its root.
    this.#roots = share?.planned === undefined ? roots : [share.planned.root];
    this.#work.names?.setRoots(this.#roots);
    const job = new EngineRun(
      engine,
      {
        roots,
        algorithms,
        order: options.order,
        ...walkOptionsOf(options),
        filterRoots: true,
        exclude: [...options.exclude, leftoverPattern],
        feeds: streams.length,
        countAhead: this.#progress !== undefined,
        ...share?.engine,
        ...journal?.engineSpec,
      },
      journal?.sink(this.#results, () => job.cancel()) ?? this.#results,
    );
    this.#job = job;
    const stop = (): void => {
      this.#results.abandon();
      job.cancel();
    };
    if (world.interruption.aborted) stop();
    else world.interruption.addEventListener('abort', stop, { once: true });
    this.#progress?.start(engine.stats, job);
    try {
      // All are opened before the first is read: in walk order their results come in this order.
      const feeds = streams.map((stream) => ({ stream, feed: job.openFeed(stream.name, 0) }));
      for (const { stream, feed } of feeds) void fill(feed, stream);
      const end = await job.done;
      const given = journal === undefined ? end.files : await journal.finish(end, this.#results);
      await this.#settle(this.#results.finishJob(given));
      this.#elapsedMs += end.elapsedMs;
    } finally {
      world.interruption.removeEventListener('abort', stop);
    }
  }

  /** An interrupted document is completed, so that what was written stays readable. */
  async #settle(finished: Promise<void>): Promise<void> {
    const { interruption } = this.#work.world;
    try {
      await finishInTime(finished, interruption);
    } catch (error) {
      if (error instanceof InterruptedError) await finishInTime(this.#results.finish(), interruption);
      throw error;
    }
  }

  async finish(): Promise<WorkDone> {
    await finishInTime(this.#results.finish(), this.#work.world.interruption);
    this.#progress?.stop();
    await this.#messages.drained();
    return { totals: this.#results.totals, elapsedMs: this.#elapsedMs };
  }

  #isOwn(batch: BatchView, index: number): boolean {
    const { files, journal, output } = this.#work;
    if (files.length === 0 && journal === undefined && output.isOwn === undefined) return false;
    const name = batch.nameBytes(index);
    if (!output.isOwn?.(name) && !files.some((file) => file.isOwn(name)) && !journal?.isOwn(name)) return false;
    this.#messages.write(`hashlane: ${shownName(name)}: left out, for this command writes it\n`);
    return true;
  }

  /** A pipe that was named, or a device where that is wanted: it is read once the files are done. */
  #isStream(batch: BatchView, index: number): boolean {
    if (batch.status(index) !== 'skipped' || this.#work.journal !== undefined) return false;
    const code = batch.errorCode(index);
    const isReadable = code === 'FIFO' || (code === 'BLOCK_DEVICE' && this.#work.options.device === true);
    if (!isReadable || !this.#isOperand(batch, index)) return false;
    const name = batch.nameBytes(index).slice();
    this.pipes.push({ name, open: () => readBytes(nameText(name), this.#work.world) });
    return true;
  }

  /** Whether the record is of a path that was named, not of one that was met in a folder. */
  #isOperand(batch: BatchView, index: number): boolean {
    const root = this.#roots[batch.root(index)];
    return root !== undefined && Buffer.compare(root, batch.nameBytes(index)) === 0;
  }
}

/** Waits for the last results to be written; after an interruption not for long. */
async function finishInTime(finished: Promise<void>, interruption: AbortSignal): Promise<void> {
  const outOfTime = interrupted(interruption).then(() => delay(lastWriteMs, undefined, { ref: false }));
  try {
    await Promise.race([finished, outOfTime]);
  } catch (error) {
    if (!interruption.aborted) throw error;
  }
  if (interruption.aborted) throw new InterruptedError();
}

function showsProgress(choice: HashOptions['progress'], { messages, environment }: World): boolean {
  return choice === 'always' || (choice === 'auto' && messages.isTerminal && environment.TERM !== 'dumb');
}

/** A stream into the engine. Whatever goes wrong becomes the status of its record. */
async function fill(feed: EngineFeed, stream: StreamOperand): Promise<void> {
  try {
    for await (const chunk of stream.open()) await feed.write(chunk);
    await feed.end();
  } catch (error) {
    // When the job was cancelled the feed went with it, and refuses this as it refused the write.
    await feed.abort(errorCodeOf(error)).catch(() => undefined);
  }
}

function errorCodeOf(error: unknown): ErrorCode {
  const code = systemCode(error);
  return errorCodes.find((entry) => entry.code === code)?.code ?? 'EIO';
}
