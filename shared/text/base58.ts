import { base58Alphabet } from './decode.ts';

/** `bytes`, read as one number, highest first, in base 58 of `digits` digits or more. */
export function toBase58(bytes: Uint8Array, digits: number): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = base58Alphabet[Number(value % 58n)]! + text;
  return text.padStart(digits, base58Alphabet[0]);
}
