const polynomial = 0x82f63b78;

/** Eight tables for eight bytes a step ("slicing by 8", Kounavis and Berry, 2005). */
function makeTables(): readonly Uint32Array[] {
  const first = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    first[n] = value;
  }
  const all = [first];
  for (let t = 1; t < 8; t++) {
    const before = all[t - 1] as Uint32Array;
    all.push(before.map((value) => (first[value & 0xff] as number) ^ (value >>> 8)));
  }
  return all;
}

/** Made when they are first needed: the command never checks what comes from its own engine. */
let tables: readonly Uint32Array[] | undefined;

/** CRC-32C (Castagnoli) of `bytes`, going on from `crc` (0 to begin). The result is unsigned. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  tables ??= makeTables();
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as unknown as Uint32Array[] & Record<number, Uint32Array>;
  let value = ~crc;
  let at = 0;
  const whole = bytes.length - (bytes.length % 8);
  for (; at < whole; at += 8) {
    value ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    value =
      (t7 as Uint32Array)[value & 0xff]! ^
      (t6 as Uint32Array)[(value >>> 8) & 0xff]! ^
      (t5 as Uint32Array)[(value >>> 16) & 0xff]! ^
      (t4 as Uint32Array)[value >>> 24]! ^
      (t3 as Uint32Array)[bytes[at + 4]!]! ^
      (t2 as Uint32Array)[bytes[at + 5]!]! ^
      (t1 as Uint32Array)[bytes[at + 6]!]! ^
      (t0 as Uint32Array)[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (t0 as Uint32Array)[(value ^ bytes[at]!) & 0xff]!;
  return ~value >>> 0;
}
