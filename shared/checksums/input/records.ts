/** Cuts a stream into what is read at a time: lines, or the elements of a JSON array. Memory is bounded by the longest. */
import { maxLineBytes, maxQuotedBytes } from '../model.ts';
import { join } from './encoding.ts';

export interface InputRecord {
  /** Without its end. Of one that is too long only the first bytes. */
  readonly bytes: Uint8Array;
  /** Of its beginning, from 1. */
  readonly line: number;
  readonly isTooLong: boolean;
  /** False for the last one, when nothing ends it. */
  readonly isEnded: boolean;
}

export type TakeRecord = (record: InputRecord) => void;

export interface RecordSplitter {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Records that a byte ends. With `stripsReturn` a carriage return before it belongs to the end. */
export class LineSplitter implements RecordSplitter {
  readonly #terminator: number;
  readonly #stripsReturn: boolean;
  readonly #take: TakeRecord;
  #rest = new Uint8Array(0);
  #isTooLong = false;
  #line = 0;

  constructor(terminator: number, stripsReturn: boolean, take: TakeRecord) {
    this.#terminator = terminator;
    this.#stripsReturn = stripsReturn;
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    let end = chunk.indexOf(this.#terminator);
    while (end >= 0) {
      const part = chunk.subarray(start, end);
      this.#record(this.#rest.length === 0 ? part : join(this.#rest, part), true);
      this.#rest = new Uint8Array(0);
      start = end + 1;
      end = chunk.indexOf(this.#terminator, start);
    }
    if (start === chunk.length) return;
    const rest = chunk.subarray(start);
    if (this.#rest.length + rest.length > maxLineBytes) this.#isTooLong = true;
    const kept = this.#isTooLong ? Math.max(0, maxQuotedBytes - this.#rest.length) : rest.length;
    this.#rest = join(this.#rest, rest.subarray(0, kept)).slice(0, this.#isTooLong ? maxQuotedBytes : undefined);
  }

  end(): void {
    if (this.#rest.length > 0 || this.#isTooLong) this.#record(this.#rest, false);
    this.#rest = new Uint8Array(0);
  }

  #record(bytes: Uint8Array, isEnded: boolean): void {
    this.#line++;
    const isTooLong = this.#isTooLong || bytes.length > maxLineBytes;
    this.#isTooLong = false;
    const strips = this.#stripsReturn && bytes.at(-1) === 0x0d;
    const whole = strips ? bytes.subarray(0, -1) : bytes;
    this.#take({
      bytes: isTooLong ? whole.subarray(0, maxQuotedBytes) : whole,
      line: this.#line,
      isTooLong,
      isEnded,
    });
  }
}

const lineFeed = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/** The elements of the array that the text is; lines are counted, for JSON may lie on one or on many. */
export class ElementSplitter implements RecordSplitter {
  readonly #take: TakeRecord;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #rest = new Uint8Array(0);
  #isTooLong = false;
  #hasForeign = false;
  #line = 1;
  #beganAt = 1;

  constructor(take: TakeRecord) {
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === lineFeed) this.#line++;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === backslash) this.#isEscaped = true;
        else if (byte === quote) this.#isInString = false;
      } else if (byte === quote) this.#isInString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        if (this.#depth++ === 0) start = at + 1;
        if (this.#depth === 2) this.#beganAt = this.#line;
      } else if ((byte === 0x7d || byte === 0x5d) && this.#depth > 0 && --this.#depth === 0) {
        this.#finish(chunk.subarray(start, at), true);
        start = at + 1;
      } else if (byte === comma && this.#depth === 1) {
        this.#finish(chunk.subarray(start, at), true);
        start = at + 1;
      } else if (this.#depth === 0 && byte > 0x20) this.#foreign(chunk.subarray(at));
    }
    this.#keep(chunk.subarray(start));
  }

  end(): void {
    if (this.#depth === 0) return;
    // An element may be whole although the array is not.
    if (this.#depth === 1) this.#finish(new Uint8Array(0), true);
    const bytes = this.#rest.slice(0, maxQuotedBytes);
    this.#take({ bytes, line: this.#line, isTooLong: false, isEnded: false });
  }

  /** What stands behind the array, or between two, is nothing that could be checked: it is said once. */
  #foreign(text: Uint8Array): void {
    if (this.#hasForeign) return;
    this.#hasForeign = true;
    this.#take({ bytes: text.slice(0, maxQuotedBytes), line: this.#line, isTooLong: false, isEnded: true });
  }

  #keep(part: Uint8Array): void {
    if (this.#depth === 0 || part.length === 0) return;
    if (this.#rest.length + part.length > maxLineBytes) this.#isTooLong = true;
    this.#rest = this.#isTooLong ? this.#rest.slice(0, maxQuotedBytes) : join(this.#rest, part).slice();
  }

  #finish(part: Uint8Array, isEnded: boolean): void {
    const bytes = this.#isTooLong ? this.#rest : join(this.#rest, part);
    const isTooLong = this.#isTooLong || bytes.length > maxLineBytes;
    this.#rest = new Uint8Array(0);
    this.#isTooLong = false;
    // Between the brackets of an empty array, and behind a comma that ends it, is nothing.
    if (!isTooLong && bytes.every((byte) => byte <= 0x20)) return;
    const kept = isTooLong ? bytes.subarray(0, maxQuotedBytes) : bytes;
    this.#take({ bytes: kept, line: this.#beganAt, isTooLong, isEnded });
  }
}
