import { isLittleEndian } from './batch-words.ts';

const polynomial = 0x82f63b78;

/** Bytes that are taken in at once, a table for each. */
const stride = 16;

/** Sixteen tables of 256 numbers, one behind the other ("slicing", Kounavis and Berry, 2005). */
function makeTables(): Uint32Array {
  const tables = new Uint32Array(stride * 256);
  for (let n = 0; n < 256; n++) {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    tables[n] = value;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256]!;
    tables[at] = tables[before & 0xff]! ^ (before >>> 8);
  }
  return tables;
}

/** Made when they are first needed: the command never checks what comes from its own engine. */
let tables: Uint32Array | undefined;

/** CRC-32C (Castagnoli) of `bytes`, going on from `crc` (0 to begin). The result is unsigned. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  tables ??= makeTables();
  // Whole words are read at once, from the first that lies aligned on.
  const before = isLittleEndian ? Math.min(-bytes.byteOffset & 3, bytes.length) : bytes.length;
  const groups = Math.floor((bytes.length - before) / stride);
  let value = ofBytes(tables, bytes, 0, before, ~crc);
  if (groups > 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + before, groups * (stride / 4));
    value = ofWords(tables, words, value);
  }
  return ~ofBytes(tables, bytes, before + groups * stride, bytes.length, value) >>> 0;
}

function ofBytes(t: Uint32Array, bytes: Uint8Array, start: number, end: number, begin: number): number {
  let value = begin;
  for (let at = start; at < end; at++) value = (value >>> 8) ^ t[(value ^ bytes[at]!) & 0xff]!;
  return value;
}

/** The byte that comes first goes through the last table. */
function ofWords(t: Uint32Array, words: Uint32Array, begin: number): number {
  let value = begin;
  for (let at = 0; at + 3 < words.length; at += 4) {
    const a = value ^ words[at]!;
    const b = words[at + 1]!;
    const c = words[at + 2]!;
    const d = words[at + 3]!;
    value =
      t[0xf00 + (a & 0xff)]! ^
      t[0xe00 + ((a >>> 8) & 0xff)]! ^
      t[0xd00 + ((a >>> 16) & 0xff)]! ^
      t[0xc00 + (a >>> 24)]! ^
      t[0xb00 + (b & 0xff)]! ^
      t[0xa00 + ((b >>> 8) & 0xff)]! ^
      t[0x900 + ((b >>> 16) & 0xff)]! ^
      t[0x800 + (b >>> 24)]! ^
      t[0x700 + (c & 0xff)]! ^
      t[0x600 + ((c >>> 8) & 0xff)]! ^
      t[0x500 + ((c >>> 16) & 0xff)]! ^
      t[0x400 + (c >>> 24)]! ^
      t[0x300 + (d & 0xff)]! ^
      t[0x200 + ((d >>> 8) & 0xff)]! ^
      t[0x100 + ((d >>> 16) & 0xff)]! ^
      t[d >>> 24]!;
  }
  return value;
}
