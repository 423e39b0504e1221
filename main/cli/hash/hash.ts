/** `hashlane hash`: from what was asked for to an exit status. */

import type { Output } from '../../base/output/types.ts';
import { nameBytes } from '../../base/raw-names.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
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
  const { threads, memoryLimit, giveUpAfter } = options;
  const engine = world.loadEngine({
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(giveUpAfter === undefined ? {} : { giveUpAfterMs: giveUpAfter * 1000 }),
  });
  const files: Output[] = [];
  try {
    const output = await openTarget(options.output ?? standardStream, files, options, world);
    const summary =
      options.summaryJson === undefined ? undefined : await openTarget(options.summaryJson, files, options, world);
    const hashesInput = paths.includes(standardStream);
    if (files.length === 2 && files[0]!.identity === files[1]!.identity) {
      throw new UsageError(oneFileForTwo);
    }
    const { totals, elapsedMs } = await runJob({ roots, hashesInput, options, engine, output, files, world });
    // The results first: a summary that nobody reads must not cost them.
    if (output !== world.output) await (output as Output).commit();
    await summary?.write(summaryJson(totals, elapsedMs));
    if (summary !== undefined && summary !== world.output) await (summary as Output).commit();
    return totals.failed > 0 ? exitStatus.failed : exitStatus.ok;
  } finally {
    await Promise.all(files.map((file) => file.discard()));
    await engine.close();
  }
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
