/** The results of all parts in the order of the walk: a k-way merge of what is sorted already. */
import type { BatchView } from '#shared/batch/reader.ts';
import { walkComparer } from '#shared/batch/walk-compare.ts';
import { sink } from '#shared/shards/heap.ts';
import { shownName } from '../../base/raw-names.ts';
import { MergeProblems } from './parts.ts';
import type { Spool, SpooledRun } from './spool.ts';

const compare = walkComparer(process.platform === 'win32');

/**
 * Calls `record` for each result; the bytes of its batch are another's once it has returned. Waits for what it gives, if
 * anything. Rejects with MergeProblems where two parts have a result of the same name.
 */
export async function mergeRuns(
  spool: Spool,
  runs: readonly SpooledRun[],
  record: (batch: BatchView, index: number) => Promise<void> | undefined,
): Promise<void> {
  const readers = runs.map((run) => spool.reader(run));
  for (const reader of readers) await reader.load();
  const before = (a: number, b: number): boolean => compare(readers[a]!, readers[b]!) < 0;
  const filled = readers.flatMap((reader, run) => (reader.isAtEnd ? [] : [run]));
  const heap = Uint32Array.from(filled.sort((a, b) => compare(readers[a]!, readers[b]!)));
  let length = heap.length;
  while (length > 0) {
    const top = heap[0]!;
    const reader = readers[top]!;
    for (const child of [1, 2]) {
      if (child < length && compare(reader, readers[heap[child]!]!) === 0) throw doubled(reader.batch, reader.index);
    }
    const waiting = record(reader.batch, reader.index);
    if (waiting !== undefined) await waiting;
    if (!reader.advance()) await reader.load();
    if (reader.isAtEnd) heap[0] = heap[--length]!;
    sink(heap, before, length);
  }
}

function doubled(batch: BatchView, index: number): MergeProblems {
  return new MergeProblems([`${shownName(batch.nameBytes(index))} has a result in two parts`]);
}
