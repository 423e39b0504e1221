/** The bytes of a manifest as UTF-8 without a byte order mark, however it is encoded. Text without a mark is as it is. */
import type { Recognised } from '../model.ts';

export type Encoding = Recognised['encoding'];

function encodingOf(start: Uint8Array): Encoding {
  const [first, second, third] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8-bom' : 'utf-8';
}

const markBytes: Readonly<Record<Encoding, number>> = { 'utf-8': 0, 'utf-8-bom': 3, 'utf-16le': 2, 'utf-16be': 2 };

export class EncodedInput {
  #encoding: Encoding | null = null;
  #start = new Uint8Array(0);
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  readonly #encoder = new TextEncoder();

  /** `utf-8` until three bytes have come. */
  get encoding(): Encoding {
    return this.#encoding ?? 'utf-8';
  }

  push(chunk: Uint8Array, isLast = false): Uint8Array {
    let bytes = chunk;
    if (this.#encoding === null) {
      bytes = join(this.#start, chunk);
      if (bytes.length < 3 && !isLast) {
        this.#start = bytes.slice();
        return new Uint8Array(0);
      }
      this.#encoding = encodingOf(bytes);
      bytes = bytes.subarray(markBytes[this.#encoding]);
      if (this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be')
        this.#decoder = new TextDecoder(this.#encoding, { ignoreBOM: true });
    }
    return this.#decoder === null ? bytes : this.#encoder.encode(this.#decoder.decode(bytes, { stream: !isLast }));
  }
}

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
