/** `hashlane hash`: from what was asked for to an exit status. */

import type { Output } from '../../base/output/types.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import type { JournaledRun } from '../commands/resume/journaled-run.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { type StreamOperand, sortOperands } from '../input/operands.ts';
import { PathLists } from '../input/path-lists.ts';
import { standardStream } from '../input/streams.ts';
import type { ByteSink, World } from '../world.ts';
import { closingLine } from './closing-line.ts';
import { Failures } from './failures.ts';
import { runJobs } from './job.ts';
import { checkUsage, type HashOptions, oneFileForTwo } from './options.ts';

/** Resolves to the exit status; throws what `run` knows how to report. */
export async function hash(paths: readonly string[], options: HashOptions, world: World): Promise<ExitStatus> {
  checkUsage(paths, options);
  const { roots, streams, empty } = sortOperands(paths, world);
  const parts = pathsOf(roots, options, world);
  const { journal } = options;
  if (journal === undefined) return runHash({ parts, streams, empty, options, world });
  if (streams.length > 0) throw new UsageError("standard input ('-') cannot be read again, and so has no journal");
  const { JournaledRun } = await import('../commands/resume/journaled-run.ts');
  const all: Uint8Array[] = [];
  // One job, whose journal notes them.
  for await (const part of parts) all.push(...part);
  const openJournal = () => JournaledRun.open(journal, all, options, world);
  return runHash({ parts: onePart(all), empty, options, world, openJournal });
}

export interface HashRun {
  /** At least one. */
  readonly parts: AsyncIterable<readonly Uint8Array[]>;
  /** Default: none. */
  readonly streams?: readonly StreamOperand[];
  /** Operands that are nothing. Default: 0. */
  readonly empty?: number;
  readonly options: HashOptions;
  readonly world: World;
  /** Absent for a run without a journal. */
  openJournal?(): Promise<JournaledRun>;
}

export async function* onePart(roots: readonly Uint8Array[]): AsyncGenerator<readonly Uint8Array[]> {
  yield roots;
}

/** As `hash`, of paths that are sorted already. */
export async function runHash(run: HashRun): Promise<ExitStatus> {
  const { parts, streams = [], empty = 0, options, world, openJournal } = run;
  const { threads, memoryLimit, ioTimeout } = options;
  const engine = world.loadEngine({
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(ioTimeout === undefined ? {} : { giveUpAfterMs: ioTimeout * 1000 }),
  });
  const files: Output[] = [];
  let journal: JournaledRun | undefined;
  try {
    const open = async (name: string | undefined): Promise<ByteSink | undefined> =>
      name === undefined ? undefined : openTarget(name, files, options, world);
    const output = await openTarget(options.output ?? standardStream, files, options, world);
    const summary = await open(options.summaryJson);
    const errors = await open(options.errors);
    if (new Set(files.map(({ identity }) => identity)).size < files.length) throw new UsageError(oneFileForTwo);
    const failures = new Failures({ isQuiet: options.quiet === true, file: errors });
    for (let n = 0; n < empty; n++) failures.addProblem('an operand is empty', world.messages);
    journal = await openJournal?.();
    const work = { parts, streams, options, engine, output, files, failures, world, ...(journal && { journal }) };
    const { totals, elapsedMs } = await runJobs(work);
    await failures.flush();
    // The results first: a summary that nobody reads must not cost them.
    for (const file of [output, errors])
      if (file !== undefined && file !== world.output) await (file as Output).commit();
    await summary?.write(summaryJson(totals, elapsedMs));
    if (summary !== undefined && summary !== world.output) await (summary as Output).commit();
    closeForPeople(totals, failures, elapsedMs, options, world);
    return failures.hasFailed ? exitStatus.failed : exitStatus.ok;
  } finally {
    await Promise.all(files.map((file) => file.discard()));
    await journal?.close();
    await engine.close();
  }
}

/** The named paths that the engine takes, and those of the lists. */
async function* pathsOf(
  roots: readonly Uint8Array[],
  { filesFrom, null: isNul }: HashOptions,
  world: World,
): AsyncGenerator<readonly Uint8Array[]> {
  if (filesFrom === undefined) yield roots;
  else yield* new PathLists(filesFrom, isNul === true, world).parts(roots);
}

/** On a terminal always, elsewhere when something failed. */
function closeForPeople(
  totals: RecordTotals,
  failures: Failures,
  elapsedMs: number,
  { quiet, verbose }: HashOptions,
  { messages }: World,
): void {
  if (quiet || !(verbose || messages.isTerminal || failures.hasFailed)) return;
  for (const line of failures.repeated()) messages.write(line);
  messages.write(closingLine(totals, failures.failed, elapsedMs));
}

/** A file, which is added to `files` to be committed or discarded, or standard output. */
export async function openTarget(
  path: string,
  files: Output[],
  options: Pick<HashOptions, 'force'>,
  world: World,
): Promise<ByteSink> {
  if (path === standardStream || path === '/dev/stdout') return world.output;
  // What it needs of Node takes longer to load than all the rest of the command.
  const { openOutput } = await import('../../base/output/output.ts');
  const opening = openOutput(path, { force: options.force === true, signal: world.interruption });
  const file = await opening.catch((error: unknown) => {
    throw world.interruption.aborted ? new InterruptedError() : error;
  });
  files.push(file);
  return file;
}

export function summaryJson(
  totals: Pick<RecordTotals, 'files' | 'bytes' | 'ok' | 'failed' | 'skipped'>,
  elapsedMs: number,
): Uint8Array {
  // Node reports kibibytes here on every system.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return new TextEncoder().encode(`${JSON.stringify({ ...totals, elapsedMs: Math.round(elapsedMs), peakRssBytes })}\n`);
}
