import { expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

/** Bit by bit, as the polynomial is defined. */
function plainCrc32c(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  }
  return ~value >>> 0;
}

const bytes = Uint8Array.from({ length: 200 }, (_, at) => (at * at * 31 + at) & 0xff);

// The check value of the catalogue of CRCs, and RFC 3720, appendix B.4.
test.each([
  ['123456789', new TextEncoder().encode('123456789'), 0xe3069283],
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
])('the published value for %s comes out', (_, input, expected) => {
  expect(crc32c(input)).toBe(expected);
});

test('every length from every place in memory comes out as bit by bit', () => {
  for (let start = 0; start < 8; start++) {
    for (let end = start; end <= bytes.length; end++) {
      const part = bytes.subarray(start, end);
      expect(crc32c(part)).toBe(plainCrc32c(part));
    }
  }
});

test('goes on from where it was left, wherever that is', () => {
  const whole = crc32c(bytes);
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(whole);
  }
});
