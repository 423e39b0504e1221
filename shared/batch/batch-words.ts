/** A batch as 32-bit numbers: its header and hot records are nothing else, and a typed array is read fastest. */
import { hotRecordBytes } from './layout.ts';

export const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** 32-bit numbers in a hot record. */
export const hotRecordWords = hotRecordBytes / 4;

/**
 * The whole 32-bit numbers of `bytes`, in place where they lie aligned to 4, as all that the engine, a journal and a
 * message bring do. Elsewhere, and on a machine that counts from the other end, they are a copy.
 */
export function wordsOf(bytes: Uint8Array, inPlace = isLittleEndian): Uint32Array {
  const count = bytes.length >>> 2;
  if (inPlace && bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: count }, (_, at) => view.getUint32(at * 4, true));
}
