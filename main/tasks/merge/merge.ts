/**
 * Puts the journals of a shared job together. First every journal is checked, then its results are sorted into one file
 * beside the output, and then all are merged from there, in the order of the walk: memory is a group of results that is
 * sorted, then a small batch of each journal, however many results there are.
 */
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import { shownName } from '../../base/raw-names.ts';
import { sortedResults } from '../pipeline/sorted-results.ts';
import { mergeRuns } from './merged.ts';
import { journalOf, MergeProblems, type OpenedPart, type WholeJob } from './parts.ts';
import { Spool, type SpooledRun } from './spool.ts';

/** Sorted at once; of more there are groups on the disk. */
const groupBytes = 16 << 20;

export interface MergeOptions {
  /** Where files of sorted results go meanwhile: as large as the journals together. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Takes each result once, in order; its bytes are another's once this has returned. Waited for, where it gives something. */
  record(batch: BatchView, index: number): Promise<void> | undefined;
  /** Called after each journal, with how many of all are sorted. */
  sorted?(count: number): void;
}

/** Rejects with MergeProblems, JournalError, BatchError, the reason of `signal`, and the system's error. */
export async function mergeParts({ parts }: WholeJob, options: MergeOptions): Promise<void> {
  const spool = await Spool.create(options.folder, parts.length);
  try {
    const runs: SpooledRun[] = [];
    const problems: string[] = [];
    for (const part of parts) {
      options.signal.throwIfAborted();
      const run = await spool.add(sortedOf(part, options.folder));
      const problem = miscount(part, run);
      if (problem !== undefined) problems.push(problem);
      runs.push(run);
      options.sorted?.(runs.length);
    }
    if (problems.length > 0) throw new MergeProblems(problems);
    let count = 0;
    await mergeRuns(spool, runs, (batch, index) => {
      if (++count % 10_000 === 0) options.signal.throwIfAborted();
      return options.record(batch, index);
    });
  } finally {
    await spool.remove();
  }
}

function sortedOf(part: OpenedPart, folder: string): AsyncIterable<BatchView> {
  const journal = journalOf(part);
  // Beside the output, for journals may lie where nothing can be written.
  const place = path.join(folder, `.hashlane-part-${part.part.index}`);
  const sorting = { path: place, openReader: () => journal.openReader(), runs: journal.runs };
  return sortedResults(sorting, journal.batches, groupBytes);
}

/** A list's paths have one result each: anything else would be a file that was passed over. */
function miscount({ file, part }: OpenedPart, { results }: SpooledRun): string | undefined {
  if (part.entries === undefined || part.entries === results) return undefined;
  return `${shownName(Buffer.from(file))}: part ${part.index} has ${results} results for ${part.entries} files`;
}
