/** A new batch from records of others, byte for byte: what sorting results outside of memory needs. */
import {
  batchHeader,
  batchHeaderBytes,
  hotRecord,
  hotRecordBytes,
  identityBytes,
  maxBatchBytes,
  recordFlags,
} from './layout.ts';
import { type BatchView, batchChecksum } from './reader.ts';

export interface RecordPlace {
  readonly batch: BatchView;
  readonly index: number;
}

const number = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at, true);

const recordAt = (index: number): number => batchHeaderBytes + index * hotRecordBytes;

/** Bytes that the record takes in any batch. */
function recordBytes({ batch, index }: RecordPlace): number {
  const errorText = number(batch.bytes, recordAt(index) + hotRecord.errorTextLength[0]);
  const stride = number(batch.bytes, batchHeader.digestStride[0]);
  return hotRecordBytes + stride + batch.nameLength(index) + identityOf({ batch, index }) + errorText;
}

/** Bytes that follow the record's name. */
function identityOf({ batch, index }: RecordPlace): number {
  return batch.flags(index) & recordFlags.identity ? identityBytes : 0;
}

/**
 * As many of `places` from `start` on as fit into one batch, of at most `most` bytes, and have the same algorithms; at
 * least one.
 */
export function gatherEnd(places: readonly RecordPlace[], start: number, most = maxBatchBytes): number {
  let bytes = batchHeaderBytes;
  let end = start;
  while (end < places.length) {
    bytes += recordBytes(places[end]!);
    if (end > start && (bytes > most || !haveSameAlgorithms(places[start]!, places[end]!))) break;
    end++;
  }
  return end;
}

function haveSameAlgorithms(a: RecordPlace, b: RecordPlace): boolean {
  if (a.batch === b.batch) return true;
  const [low] = batchHeader.algorithms;
  return [low, low + 4].every((at) => number(a.batch.bytes, at) === number(b.batch.bytes, at));
}

/** The records in this order; all come from batches of the same algorithms. `places` is not empty and fits. */
export function gatherBatch(places: readonly RecordPlace[], sequence: number): Uint8Array<ArrayBuffer> {
  const first = places[0]!.batch.bytes;
  const stride = number(first, batchHeader.digestStride[0]);
  const digests = batchHeaderBytes + places.length * hotRecordBytes;
  const cold = digests + places.length * stride;
  const bytes = new Uint8Array(batchHeaderBytes + places.reduce((sum, place) => sum + recordBytes(place), 0));
  const view = new DataView(bytes.buffer);
  const set = (at: number, value: number): void => view.setUint32(at, value, true);
  bytes.set(first.subarray(0, batchHeaderBytes));
  set(batchHeader.sequence[0], sequence);
  set(batchHeader.recordCount[0], places.length);
  set(batchHeader.hotLength[0], places.length * hotRecordBytes);
  set(batchHeader.digestOffset[0], digests);
  set(batchHeader.digestLength[0], places.length * stride);
  set(batchHeader.coldOffset[0], cold);
  set(batchHeader.coldLength[0], bytes.length - cold);
  let end = cold;
  places.forEach(({ batch, index }, to) => {
    const source = batch.bytes;
    const from = recordAt(index);
    const at = recordAt(to);
    const sourceDigests =
      number(source, batchHeader.digestOffset[0]) + number(source, from + hotRecord.digestOffset[0]);
    const sourceCold = number(source, batchHeader.coldOffset[0]);
    bytes.set(source.subarray(from, from + hotRecordBytes), at);
    bytes.set(source.subarray(sourceDigests, sourceDigests + stride), digests + to * stride);
    set(at + hotRecord.digestOffset[0], to * stride);
    const copy = (offset: number, length: number): void => {
      set(at + offset, length === 0 ? 0 : end - cold);
      const start = sourceCold + number(source, from + offset);
      bytes.set(source.subarray(start, start + length), end);
      end += length;
    };
    copy(hotRecord.nameOffset[0], batch.nameLength(index) + identityOf({ batch, index }));
    copy(hotRecord.errorTextOffset[0], number(source, from + hotRecord.errorTextLength[0]));
  });
  set(batchHeader.crc32c[0], 0);
  set(batchHeader.crc32c[0], batchChecksum(bytes));
  return bytes;
}
