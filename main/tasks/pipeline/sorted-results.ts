/**
 * A journal's results in the order of the walk, whatever order they were recorded in. What does not fit into
 * `groupBytes` is sorted in groups, each written to a file beside the journal, and merged from there: memory is a
 * group, and one batch of each group. Of a job that went on in several runs a name has the result of the last run
 * that gave one, and what an earlier run had not finished is no result.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { gatherBatch, gatherEnd, type RecordPlace } from '#shared/batch/gather.ts';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { walkComparer } from '#shared/batch/walk-compare.ts';
import { holdsRecords } from '#shared/records/block.ts';
import { statuses } from '#shared/tables/statuses.ts';
import type { Journal } from '../../store/journal.ts';

/** Characters behind `.sort-` in the name of the file beside the journal. */
export const sortNameLength = 8;

const defaultGroupBytes = 32 << 20;
const compare = walkComparer(process.platform === 'win32');

/** One sorted group in the file. */
interface Run {
  readonly batches: readonly { readonly start: number; readonly length: number }[];
  /** The job's run that its records are of. */
  readonly jobRun: number;
}

/** A record, and which of the job's runs gave it. */
interface RunPlace extends RecordPlace {
  readonly jobRun: number;
}

/** Where the runs of a job begin, besides what its journal is asked for to read the results. */
export type ResultJournal = Pick<Journal, 'path' | 'openReader' | 'runs'>;

/**
 * The records of the journal's first `blocks` blocks, in order; each batch's memory is the caller's, until the next
 * one is taken. Throws JournalError or BatchError, and the system's error when there is no room for the sorting.
 */
export async function* sortedResults(
  journal: ResultJournal,
  blocks: number,
  groupBytes = defaultGroupBytes,
): AsyncGenerator<BatchView, void> {
  const file = new SortFile(`${journal.path}.sort-${randomBytes(sortNameLength / 2).toString('hex')}`);
  const runs: Run[] = [];
  const reader = journal.openReader();
  try {
    let group: RunPlace[] = [];
    let bytes = 0;
    let jobRun = 0;
    const lastRun = journal.runs.filter((first) => first < blocks).length - 1;
    const close = async (): Promise<void> => {
      if (group.length > 0) runs.push(await file.write(group.sort(compare), jobRun));
      group = [];
      bytes = 0;
    };
    for (let block = 0; block < blocks; block++) {
      const runOfBlock = runAt(journal.runs, block);
      // A group is of one run, so that it need not be told for each record.
      if (runOfBlock !== jobRun) await close();
      jobRun = runOfBlock;
      const content = await reader.read(block);
      if (holdsRecords(content)) continue;
      const batch = openBatch(content);
      for (let index = 0; index < batch.count; index++) {
        if (jobRun < lastRun && batch.statusNumber(index) === cancelledNumber) continue;
        group.push({ batch, index, jobRun });
      }
      bytes += content.length;
      if (bytes >= groupBytes) await close();
    }
    if (runs.length === 0) {
      yield* gathered(group.sort(compare));
      return;
    }
    await close();
    yield* merged(await Promise.all(runs.map((run) => RunReader.open(file, run))));
  } finally {
    await reader.close();
    await file.remove();
  }
}

const cancelledNumber = statuses.indexOf('cancelled');

/** The number of the run that block `block` is of: the last one that begins at or before it. */
function runAt(firstBlocks: readonly number[], block: number): number {
  let run = 0;
  while (run + 1 < firstBlocks.length && firstBlocks[run + 1]! <= block) run++;
  return run;
}

/** Lets of equal names those of the last run through. Takes them in order, each run's after those of the one before. */
class LastRunOnly {
  readonly #equal: RunPlace[] = [];

  /** Those that are certain now. */
  add(place: RunPlace): readonly RunPlace[] {
    const due = this.#equal.length > 0 && compare(this.#equal[0]!, place) !== 0 ? this.end() : [];
    this.#equal.push(place);
    return due;
  }

  end(): readonly RunPlace[] {
    const all = this.#equal.splice(0);
    if (all.length < 2) return all;
    const last = all.reduce((run, place) => Math.max(run, place.jobRun), 0);
    return all.filter((place) => place.jobRun === last);
  }
}

function* gathered(places: readonly RecordPlace[]): Generator<BatchView, void> {
  for (let start = 0; start < places.length; ) {
    const end = gatherEnd(places, start);
    yield openBatch(gatherBatch(places.slice(start, end), 0), { checksum: false });
    start = end;
  }
}

/** Records gathered before they are handed on as a batch. */
const mergedRecords = 1_000;

async function* merged(readers: RunReader[]): AsyncGenerator<BatchView, void> {
  const certain = new LastRunOnly();
  let places: RecordPlace[] = [];
  let heap = readers.filter((reader) => reader.place !== undefined).sort((a, b) => compare(a.place!, b.place!));
  while (heap.length > 0) {
    const [next, ...others] = heap as [RunReader, ...RunReader[]];
    // Of the first run as many as come before whatever the others have.
    const following = others[0];
    do {
      for (const place of certain.add(next.place!)) places.push(place);
      await next.advance();
      if (places.length < mergedRecords) continue;
      yield* gathered(places);
      places = [];
    } while (next.place !== undefined && (following === undefined || compare(next.place, following.place!) <= 0));
    heap = next.place === undefined ? others : inserted(others, next);
  }
  yield* gathered([...places, ...certain.end()]);
}

/** `sorted` with `reader` at its place; where two are equal, the one that came first in the journal goes first. */
function inserted(sorted: RunReader[], reader: RunReader): RunReader[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle]!.place!, reader.place!) < 0) low = middle + 1;
    else high = middle;
  }
  return [...sorted.slice(0, low), reader, ...sorted.slice(low)];
}

class SortFile {
  readonly #path: string;
  #handle: FileHandle | undefined;
  #length = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async write(places: readonly RecordPlace[], jobRun: number): Promise<Run> {
    this.#handle ??= await open(this.#path, 'wx+', 0o600);
    const batches = [];
    for (const { bytes } of gathered(places)) {
      for (let done = 0; done < bytes.length; ) {
        done += (await this.#handle.write(bytes, done, bytes.length - done, this.#length + done)).bytesWritten;
      }
      batches.push({ start: this.#length, length: bytes.length });
      this.#length += bytes.length;
    }
    return { batches, jobRun };
  }

  async read(start: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#handle!.read(bytes, done, length - done, start + done);
      if (bytesRead === 0) throw new Error('the file of sorted results is shorter than what was written to it');
      done += bytesRead;
    }
    return bytes;
  }

  async remove(): Promise<void> {
    if (this.#handle === undefined) return;
    await this.#handle.close();
    await rm(this.#path, { force: true });
  }
}

class RunReader {
  /** The record whose turn it is; undefined after the last. */
  place: RunPlace | undefined;
  readonly #file: SortFile;
  readonly #run: Run;
  #next = 0;

  private constructor(file: SortFile, run: Run) {
    this.#file = file;
    this.#run = run;
  }

  static async open(file: SortFile, run: Run): Promise<RunReader> {
    const reader = new RunReader(file, run);
    await reader.#load();
    return reader;
  }

  async advance(): Promise<void> {
    const { batch, index, jobRun } = this.place!;
    if (index + 1 < batch.count) this.place = { batch, index: index + 1, jobRun };
    else await this.#load();
  }

  async #load(): Promise<void> {
    const next = this.#run.batches[this.#next++];
    this.place = next && {
      batch: openBatch(await this.#file.read(next.start, next.length)),
      index: 0,
      jobRun: this.#run.jobRun,
    };
  }
}
