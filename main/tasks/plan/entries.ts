/**
 * Lists of parts: for each entry its size, a space and its path below the root, ended by NUL. What is no file, or could
 * not be looked at, has `-` for a size: whoever hashes the list reports it as a walk would.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import type { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { EngineError } from '../../engine/engine.ts';

const space = 0x20;
const dash = 0x2d;
const slash = 0x2f;
const zero = 0x30;

/** What names begin with that a walk of `root` gives, and what of them stands in no list. */
export function rootPrefix(root: Uint8Array): Uint8Array {
  return root.at(-1) === slash ? root : Uint8Array.of(...root, slash);
}

/** Appends the record's entry; gives its size. `root` and `prefix`: see `rootPrefix`. Throws EngineError. */
export function appendEntry(
  out: ByteBuilder,
  batch: BatchView,
  index: number,
  root: Uint8Array,
  prefix: Uint8Array,
): number {
  const start = batch.nameStart(index);
  const end = start + batch.nameLength(index);
  const isFile = batch.status(index) === 'ok';
  const size = isFile ? batch.size(index) : 0;
  if (isFile) out.text(String(size));
  else out.byte(dash);
  out.byte(space);
  if (startsWith(batch.bytes, start, end, prefix)) out.bytes(batch.bytes, start + prefix.length, end);
  else if (
    end - start !== withoutSlashes(root) ||
    !startsWith(batch.bytes, start, end, root.subarray(0, end - start))
  ) {
    throw new EngineError('RESULTS_MISPLACED', 'the engine named a file outside the root; please report this');
  }
  out.byte(0);
  return size;
}

function withoutSlashes(root: Uint8Array): number {
  let length = root.length;
  while (length > 1 && root[length - 1] === slash) length--;
  return length;
}

function startsWith(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start < text.length) return false;
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text[at]) return false;
  return true;
}

export interface Entry {
  /** 0 for what is no file. */
  readonly size: number;
  /** The whole entry with its NUL; a view. */
  readonly bytes: Uint8Array;
  /** Where in it the path begins, which ends before the NUL. */
  readonly pathAt: number;
}

/** A list has something else than entries. */
export class EntriesError extends Error {}

/** Takes the entries of a list out of its bytes, chunk by chunk. Throws EntriesError. */
export class EntryReader {
  #rest: Uint8Array = new Uint8Array(0);

  *push(chunk: Uint8Array): Generator<Entry> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      yield entryOf(bytes.subarray(start, end + 1));
      start = end + 1;
    }
    this.#rest = bytes.slice(start);
  }

  end(): void {
    if (this.#rest.length > 0) throw new EntriesError('its last entry has no end');
  }
}

function entryOf(bytes: Uint8Array): Entry {
  if (bytes[0] === dash && bytes[1] === space) return { size: 0, bytes, pathAt: 2 };
  let size = 0;
  let at = 0;
  for (; bytes[at]! >= zero && bytes[at]! <= zero + 9; at++) size = size * 10 + bytes[at]! - zero;
  if (at === 0 || bytes[at] !== space || !Number.isSafeInteger(size)) throw new EntriesError('an entry has no size');
  return { size, bytes, pathAt: at + 1 };
}
