/** A signature of signify: two lines, by themselves in a file or before the text that is signed. */
import { toBase64 } from '../text/base64.ts';
import {
  commentOf,
  ed25519Bytes,
  exactBase64,
  keyIdText,
  keyNumberBytes,
  latin1,
  latin1Bytes,
  lettersOf,
  linesOf,
  SignatureFormError,
  untrustedPrefix,
} from './lines.ts';

/** What signify takes, with the end of the string. */
const maxCommentBytes = 1023;

export interface SignifySignature {
  readonly form: 'signify';
  readonly keyId: string;
  readonly keyNumber: Uint8Array;
  readonly signature: Uint8Array;
}

/** Throws SignatureFormError. */
export function parseSignify(bytes: Uint8Array): SignifySignature {
  const [comment, payload, ...rest] = linesOf(bytes);
  commentOf(comment);
  if (rest.length > 0) throw new SignatureFormError('TRAILING', 'has something behind its end');
  const content = exactBase64(payload ?? '', 2 + keyNumberBytes + ed25519Bytes);
  if (lettersOf(content) !== 'Ed') {
    throw new SignatureFormError('UNKNOWN_ALGORITHM', 'is of an algorithm that is not known here');
  }
  const keyNumber = content.subarray(2, 2 + keyNumberBytes);
  return { form: 'signify', keyId: keyIdText(keyNumber), keyNumber, signature: content.subarray(2 + keyNumberBytes) };
}

/**
 * Where the text begins that a signature before it signs: behind the second line. Null while `start`, the beginning of a
 * file, does not show it.
 */
export function embeddedTextStart(start: Uint8Array): number | null {
  const first = start.indexOf(0x0a);
  const second = first < 0 ? -1 : start.indexOf(0x0a, first + 1);
  return second < 0 ? null : second + 1;
}

/** Whether a file that begins so has its signature before its text. */
export function beginsLikeSignify(start: Uint8Array): boolean {
  return latin1(start.subarray(0, untrustedPrefix.length)) === untrustedPrefix;
}

/** The two lines. Throws SignatureFormError for a comment that is no line or too long. */
export function writeSignify(
  { keyNumber, signature }: Pick<SignifySignature, 'keyNumber' | 'signature'>,
  untrustedComment: string,
): Uint8Array {
  const comment = new TextEncoder().encode(untrustedComment);
  if (comment.length > maxCommentBytes || comment.some((byte) => byte < 0x20 || byte === 0x7f)) {
    throw new SignatureFormError('COMMENT_NO_LINE', 'takes a comment of one short line without control characters');
  }
  const payload = Uint8Array.of(0x45, 0x64, ...keyNumber, ...signature);
  return latin1Bytes(`${untrustedPrefix}${latin1(comment)}\n${toBase64(payload)}\n`);
}
