/**
 * What a job's journal holds when the job goes on, compactly (some 80 bytes a result): which files need not be read
 * again, what the results sum up to, and where the result of a name lies, so that one that a later run gives anew
 * takes its place. Names are told by 64 bits of a keyed hash.
 */
import { randomBytes } from 'node:crypto';
import { KnownFiles, type KnownFilesTable } from '#shared/batch/known-files.ts';
import { fullIdentityBytes, recordFlags } from '#shared/batch/layout.ts';
import { type HashKey, NameHash } from '#shared/batch/name-hash.ts';
import { type IndexedResult, NameIndex } from '#shared/batch/name-index.ts';
import { type BatchView, openBatch } from '#shared/batch/reader.ts';
import type { JobTotals } from '#shared/contract/jobs.ts';
import { holdsRecords } from '#shared/records/block.ts';
import { failedStatuses, statuses } from '#shared/tables/statuses.ts';
import type { BlockVisitor } from './recover.ts';
import type { ReplacedRecords } from './replaced-records.ts';

const okNumber = statuses.indexOf('ok');
const skippedNumber = statuses.indexOf('skipped');
const cancelledNumber = statuses.indexOf('cancelled');
const failedNumbers: ReadonlySet<number> = new Set([...failedStatuses].map((status) => statuses.indexOf(status)));

export class EarlierResults implements BlockVisitor {
  /** Of the results that stand; the time is the earlier runs'. */
  readonly #sums: JobTotals = { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0, elapsedMs: 0 };
  /** Results of this run for names that had one: the file had changed, or could not be read before. */
  reread = 0;
  /** Results of this run for names that had none, of files that changed after the last note: new ones, most of them. */
  appeared = 0;
  readonly #replaced: ReplacedRecords;
  readonly #key: HashKey;
  readonly #hash: NameHash;
  #known: KnownFiles;
  #names = new NameIndex();
  /** Results beyond the first of one name and run; only names below roots that share a number can have them. */
  readonly #more = new Map<number, IndexedResult[]>();
  /** When anything was last noted, milliseconds since 1970. */
  #lastAt = 0;
  readonly #identity = new DataView(new ArrayBuffer(fullIdentityBytes));
  #run = 0;
  #firstOfRun = 0;

  constructor(replaced: ReplacedRecords) {
    this.#replaced = replaced;
    const random = randomBytes(16);
    this.#key = [random.readInt32LE(0), random.readInt32LE(4), random.readInt32LE(8), random.readInt32LE(12)];
    this.#hash = new NameHash(this.#key);
    this.#known = new KnownFiles(this.#key);
  }

  /** Files that need not be read again. */
  known(): KnownFilesTable {
    return this.#known.table();
  }

  get knownCount(): number {
    return this.#known.count;
  }

  totals(): JobTotals {
    return { ...this.#sums };
  }

  /** See `BlockVisitor`. */
  reset(): void {
    this.#replaced.clear();
    this.#known = new KnownFiles(this.#key);
    this.#names = new NameIndex();
    this.#more.clear();
    Object.assign(this.#sums, { files: 0, bytes: 0, ok: 0, failed: 0, skipped: 0 });
    this.#run = 0;
    this.#firstOfRun = 0;
  }

  /** See `BlockVisitor`. */
  block(block: Uint8Array, sequence: number, run: number): void {
    if (run !== this.#run) {
      this.#run = run;
      this.#firstOfRun = sequence;
    }
    if (holdsRecords(block)) return;
    const batch = openBatch(block, { checksum: false });
    for (let index = 0; index < batch.count; index++) this.#take(batch, index, sequence);
  }

  /** All has been told, and the job goes on: what only says that a file was not finished is no result. */
  begin({ elapsedMs, lastAt }: { readonly elapsedMs: number; readonly lastAt: number }): void {
    this.#sums.elapsedMs = elapsedMs;
    this.#lastAt = lastAt;
    this.#names.forEach((result) => {
      if (result.statusNumber === cancelledNumber) this.#replace(result);
    });
  }

  /** A batch of the run that goes on: what it holds takes the place of what there was. */
  take(batch: BatchView): void {
    for (let index = 0; index < batch.count; index++) {
      const { low, high } = this.#hash.name(batch, index);
      const before = this.#names.get(low, high);
      if (before === undefined) {
        if (this.#changedMs(batch, index) > this.#lastAt) this.appeared++;
        continue;
      }
      for (const more of this.#more.get(keyOf(low, high)) ?? []) this.#replace(more);
      if (this.#replace(before)) this.reread++;
    }
  }

  #take(batch: BatchView, index: number, sequence: number): void {
    const { low, high } = this.#hash.name(batch, index);
    const before = this.#names.get(low, high);
    const result = { block: sequence, index, statusNumber: batch.statusNumber(index), size: batch.size(index) };
    this.#count(result, 1);
    if (before !== undefined && before.block >= this.#firstOfRun) {
      // Neither tells which of two equal paths it stands for: if one is to be read again, both are.
      const key = keyOf(low, high);
      this.#more.set(key, [...(this.#more.get(key) ?? []), result]);
      this.#known.forget(low, high);
      return;
    }
    if (before !== undefined) {
      for (const more of this.#more.get(keyOf(low, high)) ?? []) this.#replace(more);
      this.#replace(before);
    }
    this.#names.set(low, high, result);
    this.#known.add(batch, index, this.#hash);
  }

  /** When the file last changed, milliseconds since 1970; 0 where that is not known. */
  #changedMs(batch: BatchView, index: number): number {
    if ((batch.flags(index) & recordFlags.identity) === 0) return 0;
    batch.identityInto(index, new Uint8Array(this.#identity.buffer));
    return Number(this.#identity.getBigInt64(16, true) / 1_000_000n);
  }

  #replace(result: IndexedResult): boolean {
    if (!this.#replaced.add(result.block, result.index)) return false;
    this.#count(result, -1);
    return true;
  }

  #count({ statusNumber, size }: IndexedResult, sign: 1 | -1): void {
    this.#sums.files += sign;
    if (statusNumber === okNumber) {
      this.#sums.ok += sign;
      this.#sums.bytes += sign * size;
    } else if (statusNumber === skippedNumber) this.#sums.skipped += sign;
    else if (failedNumbers.has(statusNumber)) this.#sums.failed += sign;
  }
}

/** As exact as a number is, which is enough for the few names that are kept by it. */
function keyOf(low: number, high: number): number {
  return (high & 0x1f_ffff) * 2 ** 32 + low;
}
