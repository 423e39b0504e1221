/** `hashlane hash`: from what was asked for to an exit status. */

import type { Output } from '../../base/output/types.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { sortOperands } from '../input/operands.ts';
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
  const { threads, memoryLimit, ioTimeout } = options;
  const engine = world.loadEngine({
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(ioTimeout === undefined ? {} : { giveUpAfterMs: ioTimeout * 1000 }),
  });
  const files: Output[] = [];
  try {
    const open = async (name: string | undefined): Promise<ByteSink | undefined> =>
      name === undefined ? undefined : openTarget(name, files, options, world);
    const output = await openTarget(options.output ?? standardStream, files, options, world);
    const summary = await open(options.summaryJson);
    const errors = await open(options.errors);
    if (new Set(files.map(({ identity }) => identity)).size < files.length) throw new UsageError(oneFileForTwo);
    const failures = new Failures({ isQuiet: options.quiet === true, file: errors });
    for (let n = 0; n < empty; n++) failures.addProblem('an operand is empty', world.messages);
    const parts = pathsOf(roots, options, world);
    const { totals, elapsedMs } = await runJobs({ parts, streams, options, engine, output, files, failures, world });
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
async function openTarget(path: string, files: Output[], options: HashOptions, world: World): Promise<ByteSink> {
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

function summaryJson(totals: RecordTotals, elapsedMs: number): Uint8Array {
  // Node reports kibibytes here on every system.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return new TextEncoder().encode(`${JSON.stringify({ ...totals, elapsedMs: Math.round(elapsedMs), peakRssBytes })}\n`);
}
