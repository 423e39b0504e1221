/** A guarded folder's record in memory: a few typed arrays, however many files. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { compareBytes } from '../text/compare-bytes.ts';
import { ByteTable } from '../verify/byte-table.ts';
import { ByteArena, Column } from '../verify/columns.ts';

/** Which folder is on record, to be told from another that is mounted in its place. */
export interface RootIdentity {
  readonly device: string;
  readonly inode: string;
  /** When the folder was made, ns since 1970; `0` where the file system does not keep it. */
  readonly bornNs: string;
  /** When the topmost folder of the same file system was made; `0` where that is not known. */
  readonly volumeNs: string;
}

export interface RecordHeader {
  readonly id: string;
  /** Absolute, as bytes. */
  readonly root: Uint8Array;
  readonly algorithm: AlgorithmName;
  readonly identity: RootIdentity;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

export interface RecordEntry {
  readonly path: Uint8Array;
  readonly size: number;
  readonly modifiedNs: bigint;
  readonly digest: Uint8Array;
  /** When its content was last compared, ms since 1970. */
  readonly checkedMs: number;
  readonly isDamaged: boolean;
}

const damagedFlag = 1;
const removedFlag = 2;

export class GuardRecord {
  #header: RecordHeader;
  readonly #paths = new ByteTable();
  readonly #digests = new ByteArena();
  readonly digestBytes: number;
  readonly #digestAt = new Column(Uint32Array);
  readonly #sizes = new Column(Float64Array);
  readonly #checked = new Column(Float64Array);
  readonly #flags = new Column(Uint8Array);
  #modified = new BigInt64Array(1024);
  #removed = 0;

  constructor(header: RecordHeader) {
    this.#header = header;
    this.digestBytes = algorithm(header.algorithm).digestLength;
  }

  get header(): RecordHeader {
    return this.#header;
  }

  /** The same entries under another header. */
  withHeader(header: RecordHeader): this {
    this.#header = header;
    return this;
  }

  /** Entries that were not removed. */
  get count(): number {
    return this.#paths.count - this.#removed;
  }

  /** Numbers of entries are below this; removed ones among them. */
  get numbers(): number {
    return this.#paths.count;
  }

  /** The number of the entry of `path`; −1 when there is none. */
  find(path: Uint8Array): number {
    const number = this.#paths.find(path);
    return number >= 0 && this.has(number) ? number : -1;
  }

  has(number: number): boolean {
    return (this.#flags.at(number) & removedFlag) === 0;
  }

  /** Adds the entry, or puts it in the place of the one of the same path. */
  set(entry: RecordEntry): number {
    const before = this.#paths.find(entry.path);
    const number = before >= 0 ? before : this.#paths.add(entry.path);
    if (before >= 0 && !this.has(before)) this.#removed--;
    if (number >= this.#modified.length) {
      const grown = new BigInt64Array(this.#modified.length * 2);
      grown.set(this.#modified);
      this.#modified = grown;
    }
    this.#modified[number] = entry.modifiedNs;
    this.#digestAt.set(number, this.#digests.append(entry.digest));
    this.#sizes.set(number, entry.size);
    this.#checked.set(number, entry.checkedMs);
    this.#flags.set(number, entry.isDamaged ? damagedFlag : 0);
    return number;
  }

  remove(number: number): void {
    if (!this.has(number)) return;
    this.#flags.set(number, removedFlag);
    this.#removed++;
  }

  /** The file was read and is not what is on record; the entry stays. */
  setDamaged(number: number, checkedMs: number): void {
    this.#flags.set(number, damagedFlag);
    this.#checked.set(number, checkedMs);
  }

  path(number: number): Uint8Array {
    return this.#paths.bytes(number);
  }

  size(number: number): number {
    return this.#sizes.at(number);
  }

  checkedMs(number: number): number {
    return this.#checked.at(number);
  }

  isDamaged(number: number): boolean {
    return (this.#flags.at(number) & damagedFlag) !== 0;
  }

  digest(number: number): Uint8Array {
    return this.#digests.view(this.#digestAt.at(number), this.digestBytes);
  }

  entry(number: number): RecordEntry {
    return {
      path: this.path(number),
      size: this.size(number),
      modifiedNs: this.#modified[number]!,
      digest: this.digest(number),
      checkedMs: this.checkedMs(number),
      isDamaged: this.isDamaged(number),
    };
  }

  /** Numbers of the entries, in the order of their paths' bytes. */
  sorted(): Uint32Array {
    const numbers = new Uint32Array(this.count);
    let at = 0;
    for (let number = 0; number < this.numbers; number++) if (this.has(number)) numbers[at++] = number;
    return numbers.sort((a, b) => compareBytes(this.path(a), this.path(b)));
  }
}
