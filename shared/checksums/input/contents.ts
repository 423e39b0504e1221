/** Cuts the objects out of the array that is called `Contents` in the text's outermost object; all else is passed over. */
import { maxLineBytes, maxQuotedBytes } from '../model.ts';
import { join } from './encoding.ts';
import type { RecordSplitter, TakeRecord } from './records.ts';

const lineFeed = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);

/** Of the array itself: within the outermost object, and one further inside are its objects. */
const arrayDepth = 2;
const wanted = 'Contents';
const maxKeyBytes = 64;

export class ContentsSplitter implements RecordSplitter {
  readonly #take: TakeRecord;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The string before the last colon of the outermost object, and the one that is being read. */
  #key = '';
  #string: number[] = [];
  #isWanted = false;
  #object = new Uint8Array(0);
  #isTooLong = false;
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
      if (this.#isInString) this.#inString(byte);
      else if (byte === quote) {
        this.#isInString = true;
        this.#string = [];
      } else if (byte === colon && this.#depth === 1) this.#key = String.fromCharCode(...this.#string);
      else if (opening.has(byte)) {
        this.#depth++;
        if (this.#depth === arrayDepth) this.#isWanted = byte === 0x5b && this.#key === wanted;
        if (this.#depth === arrayDepth + 1) {
          start = at;
          this.#beganAt = this.#line;
        }
      } else if (closing.has(byte)) {
        this.#depth--;
        if (this.#depth === arrayDepth && this.#isWanted) this.#finish(chunk.subarray(start, at + 1), true);
      }
    }
    if (this.#isWanted && this.#depth > arrayDepth) this.#keep(chunk.subarray(start));
  }

  /** Whatever is still open was cut off. */
  end(): void {
    if (this.#depth > 0) this.#finish(new Uint8Array(0), false);
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
    if (this.#isInString && this.#depth === 1 && this.#string.length < maxKeyBytes) this.#string.push(byte);
  }

  #keep(part: Uint8Array): void {
    if (this.#object.length + part.length > maxLineBytes) this.#isTooLong = true;
    this.#object = this.#isTooLong ? this.#object.slice(0, maxQuotedBytes) : join(this.#object, part).slice();
  }

  #finish(part: Uint8Array, isEnded: boolean): void {
    this.#keep(part);
    const [bytes, isTooLong] = [this.#object, this.#isTooLong];
    this.#object = new Uint8Array(0);
    this.#isTooLong = false;
    this.#take({ bytes, line: isEnded ? this.#beganAt : this.#line, isTooLong, isEnded });
  }
}
