/**
 * Every record that the window holds, as bytes: a row is a number that stands for a record, or for a part of one.
 * Beside the bytes lie flat arrays with what grouping, sorting and filtering read; a record becomes an object again
 * only when its row is drawn.
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

/** Reads the records of one job, in their order. */
export interface RecordReader {
  /** A record's rows; none for one that is no row. */
  rows(record: unknown): readonly RowInput[];
  /** What has to be kept of a record with one row, beside the row's name; undefined: all of it, as it came. */
  pack?(record: unknown): unknown;
  /** The record again, of what `pack` gave. */
  unpack?(packed: unknown, name: string): unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Packed records lie in pieces of this size, bytes. */
const pieceBytes = 1 << 20;

/** A name has at most three bytes of UTF-8 for each of its UTF-16 units. */
const bytesPerUnit = 3;

export class RecordTable {
  readonly #pieces: Uint8Array[] = [];
  readonly #reader: RecordReader;
  readonly #counts: number[];
  /** The piece of the last packed records, and how much of it is in use. */
  #packing = { piece: -1, length: pieceBytes };
  #pieceOf = new Uint32Array(1024);
  #start = new Uint32Array(1024);
  #end = new Uint32Array(1024);
  #isPacked = new Uint8Array(1024);
  #partOf = new Uint16Array(1024);
  #status = new Uint8Array(1024);
  #names = new Uint8Array(1 << 16);
  #nameEnd = new Uint32Array(1024);
  #count = 0;

  constructor(statuses: number, reader: RecordReader) {
    this.#counts = new Array<number>(statuses).fill(0);
    this.#reader = reader;
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
    for (let index = 0; index < block.count; index++) {
      const record = block.read(index);
      const rows = this.#reader.rows(record);
      if (rows.length === 0) continue;
      const packed = rows.length === 1 ? this.#reader.pack?.(record) : undefined;
      const bytes =
        packed === undefined
          ? block.bytes.subarray(block.start(index), block.end(index))
          : encoder.encode(JSON.stringify(packed));
      const place = this.#keep(bytes);
      for (const row of rows) this.#add(row, place, packed !== undefined);
    }
  }

  #add({ status, name, part = 0 }: RowInput, { piece, start, end }: Place, isPacked: boolean): void {
    this.#grow(this.#count + 1);
    const row = this.#count++;
    this.#pieceOf[row] = piece;
    this.#start[row] = start;
    this.#end[row] = end;
    this.#isPacked[row] = isPacked ? 1 : 0;
    this.#partOf[row] = part;
    this.#status[row] = status;
    this.#counts[status]!++;
    this.#addName(row, name);
  }

  #keep(bytes: Uint8Array): Place {
    if (this.#packing.length + bytes.length > pieceBytes) {
      this.#packing = { piece: this.#pieces.length, length: 0 };
      this.#pieces.push(new Uint8Array(Math.max(pieceBytes, bytes.length)));
    }
    const { piece, length: start } = this.#packing;
    const end = start + bytes.length;
    this.#pieces[piece]!.set(bytes, start);
    this.#packing.length = end;
    return { piece, start, end };
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
  name(row: number): string {
    return decoder.decode(this.#names.subarray(this.nameStart(row), this.nameEnd(row)));
  }
  read(row: number): unknown {
    const bytes = this.#pieces[this.#pieceOf[row]!]!.subarray(this.#start[row], this.#end[row]);
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return this.#isPacked[row] === 1 ? this.#reader.unpack!(value, this.name(row)) : value;
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
    this.#pieceOf = grown(this.#pieceOf, new Uint32Array(length));
    this.#start = grown(this.#start, new Uint32Array(length));
    this.#end = grown(this.#end, new Uint32Array(length));
    this.#isPacked = grown(this.#isPacked, new Uint8Array(length));
    this.#partOf = grown(this.#partOf, new Uint16Array(length));
    this.#status = grown(this.#status, new Uint8Array(length));
    this.#nameEnd = grown(this.#nameEnd, new Uint32Array(length));
  }
}

interface Place {
  readonly piece: number;
  readonly start: number;
  readonly end: number;
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}
