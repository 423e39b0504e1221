/** `hashlane hash`: from what was asked for to an exit status. */

import type { Output } from '../../base/output/types.ts';
import { nameBytes } from '../../base/raw-names.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import type { JournaledRun } from '../commands/resume/journaled-run.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { unlessInterrupted } from '../interruption.ts';
import type { ByteSink, World } from '../world.ts';
import { runJob } from './job.ts';
import { checkUsage, type HashOptions, oneFileForTwo, standardStream } from './options.ts';
import { readPathList } from './path-list.ts';

/** Resolves to the exit status; throws what `run` knows how to tell. */
export async function hash(paths: readonly string[], options: HashOptions, world: World): Promise<ExitStatus> {
  checkUsage(paths, options);
  const roots = paths.filter((path) => path !== standardStream).map(nameBytes);
  if (options.filesFrom !== undefined) {
    const list = readPathList(options.filesFrom, options.null === true, world);
    for (const path of await unlessInterrupted(list, world.interruption)) roots.push(path);
  }
  const hashesInput = paths.includes(standardStream);
  const { journal } = options;
  if (journal === undefined) return runHash({ roots, hashesInput, options, world });
  const { checkJournalUsage, JournaledRun } = await import('../commands/resume/journaled-run.ts');
  checkJournalUsage(paths);
  const openJournal = () => JournaledRun.open(journal, roots, options, world);
  return runHash({ roots, options, world, openJournal });
}

export interface HashRun {
  readonly roots: readonly Uint8Array[];
  /** Default: false. */
  readonly hashesInput?: boolean;
  readonly options: HashOptions;
  readonly world: World;
  /** Absent for a run without a journal. */
  openJournal?(): Promise<JournaledRun>;
}

/** As `hash`, of paths that are read already. */
export async function runHash({
  roots,
  hashesInput = false,
  options,
  world,
  openJournal,
}: HashRun): Promise<ExitStatus> {
  const { threads, memoryLimit, giveUpAfter } = options;
  const engine = world.loadEngine({
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(giveUpAfter === undefined ? {} : { giveUpAfterMs: giveUpAfter * 1000 }),
  });
  const files: Output[] = [];
  let journal: JournaledRun | undefined;
  try {
    const output = await openTarget(options.output ?? standardStream, files, options, world);
    const summary =
      options.summaryJson === undefined ? undefined : await openTarget(options.summaryJson, files, options, world);
    if (files.length === 2 && files[0]!.identity === files[1]!.identity) {
      throw new UsageError(oneFileForTwo);
    }
    journal = await openJournal?.();
    const work = { roots, hashesInput, options, engine, output, files, world, ...(journal && { journal }) };
    const { totals, elapsedMs } = await runJob(work);
    // The results first: a summary that nobody reads must not cost them.
    if (output !== world.output) await (output as Output).commit();
    await summary?.write(summaryJson(totals, elapsedMs));
    if (summary !== undefined && summary !== world.output) await (summary as Output).commit();
    return totals.failed > 0 ? exitStatus.failed : exitStatus.ok;
  } finally {
    await Promise.all(files.map((file) => file.discard()));
    await engine.close();
    // After the engine, which may still hand over batches.
    await journal?.close();
  }
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
