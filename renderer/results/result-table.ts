/**
 * Every result the window holds, as the bytes it received: a row is a number that stands for
 * (batch, record). Nothing becomes an object until its row is drawn. Beside the batches lie flat
 * arrays, a few bytes a row, with what sorting and filtering read most.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { failedStatuses, type Status, statuses } from '#shared/tables/statuses.ts';
import { Folders } from '../table/folders.ts';

export type StatusGroup = 'ok' | 'failed' | 'cancelled' | 'skipped';

/** The group of each status number. */
const groupOfStatus: readonly StatusGroup[] = statuses.map((status: Status) => {
  // To a script a cancelled file has failed; the person who cancelled knows better.
  if (status === 'ok' || status === 'cancelled') return status;
  return failedStatuses.has(status) ? 'failed' : 'skipped';
});

const none = new Uint8Array(0);

export class ResultTable {
  readonly #batches: BatchView[] = [];
  #batchOf = new Uint32Array(1024);
  #firstRowOf: number[] = [];
  #nameStart = new Uint32Array(1024);
  #nameEnd = new Uint32Array(1024);
  #leafStart = new Uint32Array(1024);
  #folder = new Uint32Array(1024);
  /** The folders of all rows, as far as they are shown. */
  readonly folders = new Folders();
  readonly #foldersOf = new Map<number, readonly Uint8Array[]>();
  readonly #algorithms = new Set<AlgorithmName>();
  readonly #groupCounts: Record<StatusGroup, number> = { ok: 0, failed: 0, cancelled: 0, skipped: 0 };
  #count = 0;
  #bytes = 0;

  /** Rows so far; they are numbered from 0 and never change their number. */
  get count(): number {
    return this.#count;
  }
  /** Bytes of all files that have a digest. */
  get hashedBytes(): number {
    return this.#bytes;
  }
  get groupCounts(): Readonly<Record<StatusGroup, number>> {
    return this.#groupCounts;
  }
  /** The algorithms of all jobs together, in the order of the table of algorithms. */
  get algorithms(): readonly AlgorithmName[] {
    return algorithmNames.filter((name) => this.#algorithms.has(name));
  }

  /**
   * Where a job's roots lie (their parent folders, with the closing separator), by root number:
   * names are shown from there on. Names that lie elsewhere are shown whole.
   */
  setFolders(jobId: number, folders: readonly Uint8Array[]): void {
    this.#foldersOf.set(jobId, folders);
  }

  append(batch: BatchView): void {
    this.#grow(this.#count + batch.count);
    const number = this.#batches.length;
    this.#batches.push(batch);
    this.#firstRowOf.push(this.#count);
    for (const name of batch.algorithms) this.#algorithms.add(name);
    const folders = this.#foldersOf.get(batch.jobId) ?? [];
    for (let record = 0; record < batch.count; record++) {
      const row = this.#count++;
      const start = batch.nameStart(record);
      const end = start + batch.nameLength(record);
      this.#batchOf[row] = number;
      const shown = start + prefixLength(batch.bytes, start, end, folders[batch.root(record)] ?? none);
      const leaf = Math.max(start + batch.leafOffset(record), shown);
      this.#nameStart[row] = shown;
      this.#nameEnd[row] = end;
      this.#leafStart[row] = leaf;
      this.#folder[row] = this.folders.numberOf(batch.bytes, shown, leaf);
      const group = groupOfStatus[batch.statusNumber(record)]!;
      this.#groupCounts[group]++;
      if (group === 'ok') this.#bytes += batch.size(record);
    }
  }

  /** Takes in everything that `other` holds. */
  appendAll(other: ResultTable): void {
    for (const [jobId, folders] of other.#foldersOf) this.setFolders(jobId, folders);
    for (const batch of other.#batches) this.append(batch);
  }

  batch(row: number): BatchView {
    return this.#batches[this.#batchOf[row]!]!;
  }
  record(row: number): number {
    return row - this.#firstRowOf[this.#batchOf[row]!]!;
  }
  size(row: number): number {
    return this.batch(row).size(this.record(row));
  }
  statusNumber(row: number): number {
    return this.batch(row).statusNumber(this.record(row));
  }
  group(row: number): StatusGroup {
    return groupOfStatus[this.statusNumber(row)]!;
  }
  digest(row: number, algorithm: AlgorithmName): Uint8Array | null {
    return this.batch(row).digest(this.record(row), algorithm);
  }
  /** The bytes that the shown name lies in; read them from `nameStart` up to `nameEnd`. */
  nameSource(row: number): Uint8Array {
    return this.batch(row).bytes;
  }
  nameStart(row: number): number {
    return this.#nameStart[row]!;
  }
  nameEnd(row: number): number {
    return this.#nameEnd[row]!;
  }
  /** Where the name's last segment begins. */
  leafStart(row: number): number {
    return this.#leafStart[row]!;
  }
  /** The number of the folder that the row is shown in; see `folders`. */
  folder(row: number): number {
    return this.#folder[row]!;
  }
  /** The name as it is shown and filtered: below the folder that its source lies in. */
  shownName(row: number): Uint8Array {
    return this.nameSource(row).subarray(this.nameStart(row), this.nameEnd(row));
  }

  #grow(rows: number): void {
    if (rows <= this.#batchOf.length) return;
    const length = Math.max(rows, this.#batchOf.length * 2);
    this.#batchOf = grown(this.#batchOf, length);
    this.#nameStart = grown(this.#nameStart, length);
    this.#nameEnd = grown(this.#nameEnd, length);
    this.#leafStart = grown(this.#leafStart, length);
    this.#folder = grown(this.#folder, length);
  }
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}

/** The length of `folder` when the name from `start` to before `end` begins with it and goes on, else 0. */
function prefixLength(bytes: Uint8Array, start: number, end: number, folder: Uint8Array): number {
  if (folder.length === 0 || end - start <= folder.length) return 0;
  for (let at = 0; at < folder.length; at++) if (bytes[start + at] !== folder[at]) return 0;
  return folder.length;
}
