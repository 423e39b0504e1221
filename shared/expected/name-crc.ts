/** The CRC-32 that a file carries in its name, as releases of video do: `Show - 01 [ABCD1234].mkv`. */
import { fromHex } from '../text/decode.ts';

const inBrackets = /\[([0-9a-f]{8})\]|\(([0-9a-f]{8})\)/gi;

/** The last one in brackets; null where there is none. Eight digits that are a date are none. */
export function crcInName(leaf: string): Uint8Array | null {
  let found: string | null = null;
  for (const [, square, round] of leaf.matchAll(inBrackets)) {
    const digits = square ?? round!;
    if (!isDate(digits)) found = digits;
  }
  return found === null ? null : fromHex(found);
}

/** `20220806` and `06082022`, between 1900 and 2099. */
function isDate(digits: string): boolean {
  if (!/^\d{8}$/.test(digits)) return false;
  const orders = [
    [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)],
    [digits.slice(4), digits.slice(2, 4), digits.slice(0, 2)],
    [digits.slice(4), digits.slice(0, 2), digits.slice(2, 4)],
  ];
  return orders.some(([year, month, day]) => {
    const [y, m, d] = [Number(year), Number(month), Number(day)];
    return y >= 1900 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31;
  });
}
