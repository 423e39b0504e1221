/** `hashlane hash`: from what was asked for to an exit status. */

import type { Output } from '../../base/output/types.ts';
import { nameText } from '../../base/raw-names.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import { paintFor } from '../color.ts';
import type { JournaledRun } from '../commands/resume/journaled-run.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { type Operands, sortOperands } from '../input/operands.ts';
import { PathLists } from '../input/path-lists.ts';
import { standardStream } from '../input/streams.ts';
import type { ByteSink, World } from '../world.ts';
import { baseNames } from './base-names.ts';
import { closingLine } from './closing-line.ts';
import { Failures } from './failures.ts';
import { runJobs } from './job.ts';
import { checkUsage, type HashOptions, oneFileForTwo } from './options.ts';
import type { Share } from './share.ts';

/** Resolves to the exit status; throws what `run` knows how to report. */
export async function hash(paths: readonly string[], options: HashOptions, world: World): Promise<ExitStatus> {
  checkUsage(paths, options);
  return hashOperands(sortOperands(paths, world), options, world);
}

/** `share`: what of the work is this machine's; absent for all of it. */
export async function hashOperands(
  operands: Operands,
  options: HashOptions,
  world: World,
  share?: Share,
): Promise<ExitStatus> {
  const { journal } = options;
  const run = { ...operands, options, world, ...(share && { share }) };
  if (journal === undefined) return runHash(run);
  const { checkJournalUsage, JournaledRun } = await import('../commands/resume/journaled-run.ts');
  checkJournalUsage(operands.streams);
  const openJournal = (roots: readonly Uint8Array[]) => JournaledRun.open(journal, roots, options, world, share?.part);
  return runHash({ ...run, openJournal });
}

export interface HashRun extends Operands {
  readonly options: HashOptions;
  readonly world: World;
  /** Called with all paths; absent for a run without a journal. */
  openJournal?(roots: readonly Uint8Array[]): Promise<JournaledRun>;
  /** What of the work is this machine's; absent for all of it. */
  readonly share?: Share;
}

/** As `hash`, of operands that are sorted already. */
export async function runHash(run: HashRun): Promise<ExitStatus> {
  const { roots, streams, empty, options, world, openJournal, share } = run;
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
    const failures = new Failures({
      isQuiet: options.quiet === true,
      file: errors,
      paint: paintFor(options, world.messages, world),
    });
    for (let n = 0; n < empty; n++) failures.addProblem('an operand is empty', world.messages);
    let parts = pathsOf(roots, options, world);
    if (openJournal !== undefined) {
      // A journal says at its beginning what the job is about.
      const whole: Uint8Array[] = [];
      for await (const part of parts) for (const path of part) whole.push(path);
      journal = await openJournal(whole);
      parts = onePart(whole);
    }
    if (share?.planned !== undefined) parts = onePart(share.planned.paths);
    const names = baseNames(options, roots.map(nameText), (text) => world.messages.write(`hashlane: ${text}\n`));
    const more = { ...(journal && { journal }), ...(names && { names }), ...(share && { share }) };
    const work = { parts, streams, options, engine, output, files, failures, world, ...more };
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
    await engine.close();
    // After the engine, which may still hand over batches.
    await journal?.close();
    if (world.interruption.aborted && journal !== undefined) world.messages.write(journal.advice);
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

async function* onePart(roots: readonly Uint8Array[]): AsyncGenerator<readonly Uint8Array[]> {
  yield roots;
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

export function summaryJson(totals: RecordTotals, elapsedMs: number): Uint8Array {
  // Node reports kibibytes here on every system.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return new TextEncoder().encode(`${JSON.stringify({ ...totals, elapsedMs: Math.round(elapsedMs), peakRssBytes })}\n`);
}
