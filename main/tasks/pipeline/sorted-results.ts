/**
 * A journal's results in the order of the walk, whatever order they were recorded in. What does not fit into
 * `groupBytes` is sorted in groups, each written to a file beside the journal, and merged from there: memory is a
 * group, and one batch of each group.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { gatherBatch, gatherEnd, type RecordPlace } from '#shared/batch/gather.ts';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import { walkComparer } from '#shared/batch/walk-compare.ts';
import { holdsRecords } from '#shared/records/block.ts';
import type { Journal } from '../../store/journal.ts';

const defaultGroupBytes = 32 << 20;
const compare = walkComparer(process.platform === 'win32');

/** One sorted group in the file. */
interface Run {
  readonly batches: readonly { readonly start: number; readonly length: number }[];
}

/**
 * The records of the journal's first `blocks` blocks, in order; each batch's memory is the caller's, until the next
 * one is taken. Throws JournalError or BatchError, and the system's error when there is no room for the sorting.
 */
export async function* sortedResults(
  journal: Journal,
  blocks: number,
  groupBytes = defaultGroupBytes,
): AsyncGenerator<BatchView, void> {
  const file = new SortFile(`${journal.path}.sort-${randomBytes(4).toString('hex')}`);
  const runs: Run[] = [];
  const reader = journal.openReader();
  try {
    let group: RecordPlace[] = [];
    let bytes = 0;
    for (let block = 0; block < blocks; block++) {
      const content = await reader.read(block);
      if (holdsRecords(content)) continue;
      const batch = openBatch(content);
      for (let index = 0; index < batch.count; index++) group.push({ batch, index });
      bytes += content.length;
      if (bytes < groupBytes) continue;
      runs.push(await file.write(group.sort(compare)));
      group = [];
      bytes = 0;
    }
    if (runs.length === 0) {
      yield* gathered(group.sort(compare));
      return;
    }
    if (group.length > 0) runs.push(await file.write(group.sort(compare)));
    yield* merged(await Promise.all(runs.map((run) => RunReader.open(file, run))));
  } finally {
    await reader.close();
    await file.remove();
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
  let places: RecordPlace[] = [];
  let heap = readers.filter((reader) => reader.place !== undefined).sort((a, b) => compare(a.place!, b.place!));
  while (heap.length > 0) {
    const [next, ...others] = heap as [RunReader, ...RunReader[]];
    places.push(next.place!);
    // Of the first run as many as come before whatever the others have.
    const following = others[0];
    await next.advance();
    while (next.place !== undefined && (following === undefined || compare(next.place, following.place!) <= 0)) {
      places.push(next.place);
      await next.advance();
      if (places.length >= mergedRecords) {
        yield* gathered(places);
        places = [];
      }
    }
    heap = next.place === undefined ? others : inserted(others, next);
    if (places.length >= mergedRecords) {
      yield* gathered(places);
      places = [];
    }
  }
  yield* gathered(places);
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

  async write(places: readonly RecordPlace[]): Promise<Run> {
    this.#handle ??= await open(this.#path, 'wx+', 0o600);
    const batches = [];
    for (const { bytes } of gathered(places)) {
      for (let done = 0; done < bytes.length; ) {
        done += (await this.#handle.write(bytes, done, bytes.length - done, this.#length + done)).bytesWritten;
      }
      batches.push({ start: this.#length, length: bytes.length });
      this.#length += bytes.length;
    }
    return { batches };
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
  place: RecordPlace | undefined;
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
    const { batch, index } = this.place!;
    if (index + 1 < batch.count) this.place = { batch, index: index + 1 };
    else await this.#load();
  }

  async #load(): Promise<void> {
    const next = this.#run.batches[this.#next++];
    this.place =
      next === undefined ? undefined : { batch: openBatch(await this.#file.read(next.start, next.length)), index: 0 };
  }
}
