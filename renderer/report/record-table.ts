/**
 * Every record that the window holds, as the bytes it received: a row is a number that stands for a record, or for a
 * part of one. Beside the blocks lie flat arrays with what grouping, sorting and filtering read; a record becomes an
 * object again only when its row is drawn.
 */
import type { RecordsView } from '#shared/records/block.ts';

/** What a record, or a part of it, is as a row. */
export interface RowInput {
  /** Position in the statuses of the kind. */
  readonly status: number;
  readonly name: string;
  /** Which part of the record; for the kind to say what that means. */
  readonly part?: number;
}

const encoder = new TextEncoder();
/** A name has at most three bytes of UTF-8 for each of its UTF-16 units. */
const bytesPerUnit = 3;

export class RecordTable {
  readonly #blocks: RecordsView[] = [];
  readonly #rowsOf: (record: unknown) => readonly RowInput[];
  readonly #counts: number[];
  #blockOf = new Uint32Array(1024);
  #recordOf = new Uint32Array(1024);
  #partOf = new Uint16Array(1024);
  #status = new Uint8Array(1024);
  #names = new Uint8Array(1 << 16);
  #nameEnd = new Uint32Array(1024);
  #count = 0;

  /** `rowsOf`: a record's rows, none for a record that is no row. */
  constructor(statuses: number, rowsOf: (record: unknown) => readonly RowInput[]) {
    this.#counts = new Array<number>(statuses).fill(0);
    this.#rowsOf = rowsOf;
  }

  /** Rows so far; they are numbered from 0 and never change their number. */
  get count(): number {
    return this.#count;
  }
  /** Rows of each status. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  /** Throws RecordsError when a record is no JSON. */
  append(block: RecordsView): void {
    const number = this.#blocks.length;
    this.#blocks.push(block);
    for (let record = 0; record < block.count; record++) {
      for (const { status, name, part = 0 } of this.#rowsOf(block.read(record))) {
        this.#grow(this.#count + 1);
        const row = this.#count++;
        this.#blockOf[row] = number;
        this.#recordOf[row] = record;
        this.#partOf[row] = part;
        this.#status[row] = status;
        this.#counts[status]!++;
        this.#addName(row, name);
      }
    }
  }

  status(row: number): number {
    return this.#status[row]!;
  }
  part(row: number): number {
    return this.#partOf[row]!;
  }
  /** The bytes that names lie in; read them from `nameStart` up to `nameEnd`. */
  get names(): Uint8Array {
    return this.#names;
  }
  nameStart(row: number): number {
    return row === 0 ? 0 : this.#nameEnd[row - 1]!;
  }
  nameEnd(row: number): number {
    return this.#nameEnd[row]!;
  }
  read(row: number): unknown {
    return this.#blocks[this.#blockOf[row]!]!.read(this.#recordOf[row]!);
  }

  #addName(row: number, name: string): void {
    const start = this.nameStart(row);
    const most = start + name.length * bytesPerUnit;
    if (most > this.#names.length) {
      const larger = new Uint8Array(Math.max(most, this.#names.length * 2));
      larger.set(this.#names);
      this.#names = larger;
    }
    this.#nameEnd[row] = start + encoder.encodeInto(name, this.#names.subarray(start)).written;
  }

  #grow(rows: number): void {
    if (rows <= this.#status.length) return;
    const length = this.#status.length * 2;
    this.#blockOf = grown(this.#blockOf, new Uint32Array(length));
    this.#recordOf = grown(this.#recordOf, new Uint32Array(length));
    this.#partOf = grown(this.#partOf, new Uint16Array(length));
    this.#status = grown(this.#status, new Uint8Array(length));
    this.#nameEnd = grown(this.#nameEnd, new Uint32Array(length));
  }
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
