/**
 * The form that minisign and signify share: a line that begins with `untrusted comment: ` and says what anybody likes, and a
 * line of base64. Whoever changes the comment changes nothing that is signed, so it is never shown as the truth.
 */
import { toBase64 } from '../text/base64.ts';
import { fromBase64 } from '../text/decode.ts';

/** No signature and no key is as long; whoever reads such a file reads no more. */
export const maxSignatureBytes = 16 << 10;

export const untrustedPrefix = 'untrusted comment: ';

/** A file that is not of the form; `message` completes "the signature …" or "the key …". */
export class SignatureFormError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SignatureFormError';
    this.code = code;
  }
}

/** Without their ends, each byte a character; what is empty at the end is left out. */
export function linesOf(bytes: Uint8Array): string[] {
  if (bytes.length > maxSignatureBytes) throw new SignatureFormError('TOO_LONG', 'is longer than any signature or key');
  const lines = latin1(bytes)
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Bytes as characters up to U+00FF: what is signed must come back as it was. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return text;
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** One spelling only: of `length` bytes, padded, without bits that mean nothing. */
export function exactBase64(text: string, length: number): Uint8Array {
  const bytes = fromBase64(text)?.bytes;
  if (bytes === undefined || toBase64(bytes) !== text)
    throw new SignatureFormError('BAD_BASE64', 'is no proper base64');
  if (bytes.length !== length) {
    throw new SignatureFormError('BAD_LENGTH', `has ${bytes.length} bytes, not ${length}`);
  }
  return bytes;
}

export function commentOf(line: string | undefined): string {
  if (line === undefined || !line.startsWith(untrustedPrefix)) {
    throw new SignatureFormError('NO_COMMENT', `does not begin with "${untrustedPrefix.trimEnd()}"`);
  }
  return line.slice(untrustedPrefix.length);
}

/** The number of a key as minisign shows it: its eight bytes from the last to the first, in upper-case hex. */
export function keyIdText(keyNumber: Uint8Array): string {
  return Array.from(keyNumber, (byte) => byte.toString(16).padStart(2, '0'))
    .reverse()
    .join('')
    .toUpperCase();
}

export const keyNumberBytes = 8;
export const publicKeyBytes = 32;
export const ed25519Bytes = 64;

/** The two letters at the start of what is in base64. */
export function lettersOf(bytes: Uint8Array, at = 0): string {
  return String.fromCharCode(bytes[at]!, bytes[at + 1]!);
}
