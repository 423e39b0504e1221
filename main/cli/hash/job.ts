/** Runs the engine's job and leads its results to where they shall go. */
import { setTimeout as delay } from 'node:timers/promises';
import { formats } from '#shared/formats/registry.ts';
import { walkOptionsOf } from '#shared/jobs/walk-options.ts';
import { type ErrorCode, errorCodes } from '#shared/tables/error-codes.ts';
import { leftoverPattern } from '../../base/output/leftovers.ts';
import type { Output } from '../../base/output/types.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { systemCode } from '../../base/system-error.ts';
import type { Engine, EngineFeed, EngineJobSpec } from '../../engine/engine.ts';
import { DocumentSink } from '../../tasks/pipeline/document-sink.ts';
import { EngineRun } from '../../tasks/pipeline/engine-run.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import type { JournaledRun } from '../commands/resume/journaled-run.ts';
import { InterruptedError } from '../errors.ts';
import { interrupted } from '../interruption.ts';
import type { ByteSink, World } from '../world.ts';
import { failureLine } from './messages.ts';
import { type HashOptions, standardStream } from './options.ts';
import { ProgressLine } from './progress.ts';
import { terminalOutput } from './terminal-output.ts';

/** How long an interrupted command waits for a reader that does not read. */
const lastWriteMs = 500;

export interface Work {
  readonly roots: readonly Uint8Array[];
  readonly hashesInput: boolean;
  readonly options: HashOptions;
  readonly engine: Engine;
  readonly output: ByteSink;
  /** Files that this command writes: they must not stand among the results. */
  readonly files: readonly Output[];
  readonly world: World;
  /** What results are written to before they are shown. */
  readonly journal?: JournaledRun;
}

/** Rejects with InterruptedError, StreamClosedError, FailedAttempt or EngineError. */
export async function runJob(work: Work): Promise<{ totals: RecordTotals; elapsedMs: number }> {
  const { options, engine, files, world, journal } = work;
  const progress = showsProgress(options.progress, world) ? new ProgressLine(world.messages) : undefined;
  const messages = progress ?? world.messages;
  const output = work.output.isTerminal ? terminalOutput(work.output, progress) : work.output;
  const results = new DocumentSink({
    writer: formats[options.format].create(options.algorithm),
    order: journal?.givesSorted ? 'completion' : options.order,
    async write(bytes) {
      await output.write(bytes);
      await messages.drained();
    },
    ...(files.length === 0 && journal === undefined
      ? {}
      : { isLeftOut: (name) => files.some((file) => file.isOwn(name)) || journal?.isOwn(name) === true }),
    onLeftOut: (name) => messages.write(`hashlane: ${shownName(name)}: left out, for this command writes it\n`),
    onFailed: (batch, index) => messages.write(failureLine(batch, index)),
    onFailure: () => job.cancel(),
  });
  const spec = { ...walkOf(work), countAhead: progress !== undefined, ...journal?.engineSpec };
  const sink = journal?.sink(results, () => job.cancel()) ?? results;
  const job = new EngineRun(engine, spec, sink);
  const stop = (): void => {
    results.abandon();
    job.cancel();
  };
  if (world.interruption.aborted) stop();
  else world.interruption.addEventListener('abort', stop, { once: true });
  progress?.start(engine.stats, job);
  try {
    if (work.hashesInput) void feedInput(job.openFeed(nameBytes(standardStream), 0), world);
    const end = await job.done;
    const given = journal === undefined ? end.files : await journal.finish(end, results);
    await finishInTime(results.finish(given), world.interruption);
    return { totals: results.totals, elapsedMs: end.elapsedMs };
  } finally {
    world.interruption.removeEventListener('abort', stop);
    progress?.stop();
    if (world.interruption.aborted && journal !== undefined) world.messages.write(journal.advice);
  }
}

function walkOf({ roots, hashesInput, options }: Work): Omit<EngineJobSpec, 'onBatch' | 'countAhead'> {
  return {
    roots,
    algorithms: options.algorithm,
    order: options.order,
    ...walkOptionsOf(options),
    exclude: [...options.exclude, leftoverPattern],
    feeds: hashesInput ? 1 : 0,
  };
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

/** Standard input into the engine. Whatever goes wrong becomes the status of its record. */
async function feedInput(feed: EngineFeed, world: World): Promise<void> {
  try {
    for await (const chunk of world.openInput()) await feed.write(chunk);
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
