const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `bytes` in base32 (RFC 4648, section 6), upper case, without padding: the custom for Tiger trees and AICH. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31]!;
    }
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31]!;
}
