/** C4 ids: a SHA-512 in base 58, 90 characters. */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `sha512`: 128 hex digits. */
export function c4OfSha512(sha512: string): string {
  let value = BigInt(`0x${sha512}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)]! + text;
  return `c4${text.padStart(88, '1')}`;
}

/** The SHA-512 of a C4 id in hex, or null. */
export function sha512OfC4(c4: string): string | null {
  if (!/^c4[1-9A-HJ-NP-Za-km-z]{88}$/.test(c4)) return null;
  let value = 0n;
  for (const letter of c4.slice(2)) value = value * 58n + BigInt(alphabet.indexOf(letter));
  const hex = value.toString(16).padStart(128, '0');
  return hex.length === 128 ? hex : null;
}
