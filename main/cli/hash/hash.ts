/** `hashlane hash`: from what was asked for to an exit status. */

import type { OutputFile } from '../../base/output-file.ts';
import { nameBytes } from '../../base/raw-names.ts';
import type { RecordTotals } from '../../tasks/pipeline/record-totals.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { unlessInterrupted } from '../interruption.ts';
import type { ByteSink, World } from '../world.ts';
import { runJob } from './job.ts';
import { checkUsage, type HashOptions, standardStream } from './options.ts';
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
  const files: OutputFile[] = [];
  try {
    const output = await openTarget(options.output ?? standardStream, files, world);
    const summary = options.summaryJson === undefined ? undefined : await openTarget(options.summaryJson, files, world);
    const hashesInput = paths.includes(standardStream);
    const { totals, elapsedMs } = await runJob({ roots, hashesInput, options, engine, output, files, world });
    await summary?.write(summaryJson(totals, elapsedMs));
    for (const file of files) await file.commit();
    return totals.failed > 0 ? exitStatus.failed : exitStatus.ok;
  } finally {
    await Promise.all(files.map((file) => file.discard()));
    await engine.close();
  }
}

/** A file, which is added to `files` to be committed or discarded, or standard output. */
async function openTarget(path: string, files: OutputFile[], world: World): Promise<ByteSink> {
  if (path === standardStream) return world.output;
  // What it needs of Node takes longer to load than all the rest of the command.
  const { openOutputFile } = await import('../../base/output-file.ts');
  const file = await openOutputFile(path);
  files.push(file);
  return file;
}

function summaryJson(totals: RecordTotals, elapsedMs: number): Uint8Array {
  // Node reports kibibytes here on every system.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return new TextEncoder().encode(`${JSON.stringify({ ...totals, elapsedMs: Math.round(elapsedMs), peakRssBytes })}\n`);
}
