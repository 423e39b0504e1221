/**
 * A signature of minisign: four lines. `Ed` signs the content itself (legacy), `ED` its BLAKE2b digest of 64 bytes. The
 * second signature, the global one, signs the first together with the trusted comment.
 */
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

const trustedPrefix = 'trusted comment: ';
/** What minisign takes, with its prefix and the end of the line. */
const maxCommentBytes = 1024 - untrustedPrefix.length - 2;
const maxTrustedBytes = 8192 - trustedPrefix.length - 2;

export interface MinisignSignature {
  readonly form: 'minisign';
  readonly keyId: string;
  readonly keyNumber: Uint8Array;
  /** Whether `signature` is of the content's BLAKE2b digest. */
  readonly isPrehashed: boolean;
  readonly signature: Uint8Array;
  /** As it was signed. */
  readonly trustedComment: Uint8Array;
  readonly globalSignature: Uint8Array;
}

/** Throws SignatureFormError. */
export function parseMinisign(bytes: Uint8Array): MinisignSignature {
  const [untrusted, first, trusted, second, ...rest] = linesOf(bytes);
  commentOf(untrusted);
  const payload = exactBase64(first ?? '', 2 + keyNumberBytes + ed25519Bytes);
  const letters = lettersOf(payload);
  if (letters !== 'Ed' && letters !== 'ED') {
    throw new SignatureFormError('UNKNOWN_ALGORITHM', 'is of an algorithm that is not known here');
  }
  if (trusted === undefined || !trusted.startsWith(trustedPrefix)) {
    throw new SignatureFormError('NO_TRUSTED_COMMENT', 'has no trusted comment');
  }
  const globalSignature = exactBase64(second ?? '', ed25519Bytes);
  if (rest.length > 0) throw new SignatureFormError('TRAILING', 'has something behind its end');
  const keyNumber = payload.subarray(2, 2 + keyNumberBytes);
  return {
    form: 'minisign',
    keyId: keyIdText(keyNumber),
    keyNumber,
    isPrehashed: letters === 'ED',
    signature: payload.subarray(2 + keyNumberBytes),
    trustedComment: latin1Bytes(trusted.slice(trustedPrefix.length)),
    globalSignature,
  };
}

/** What the global signature signs. */
export function globallySigned({
  signature,
  trustedComment,
}: Pick<MinisignSignature, 'signature' | 'trustedComment'>): Uint8Array {
  const bytes = new Uint8Array(signature.length + trustedComment.length);
  bytes.set(signature);
  bytes.set(trustedComment, signature.length);
  return bytes;
}

/** The file. Throws SignatureFormError for a comment that is no line or too long. */
export function writeMinisign(
  signature: Pick<MinisignSignature, 'keyNumber' | 'signature' | 'trustedComment' | 'globalSignature'>,
  untrustedComment: string,
): Uint8Array {
  const { keyNumber, trustedComment } = signature;
  const untrusted = new TextEncoder().encode(untrustedComment);
  checkComment(untrusted, maxCommentBytes);
  checkComment(trustedComment, maxTrustedBytes);
  const payload = Uint8Array.of(0x45, 0x44, ...keyNumber, ...signature.signature);
  return latin1Bytes(
    `${untrustedPrefix}${latin1(untrusted)}\n${toBase64(payload)}\n` +
      `${trustedPrefix}${latin1(trustedComment)}\n${toBase64(signature.globalSignature)}\n`,
  );
}

/** A comment is one line without control characters; a tab stands between its parts. */
export function checkComment(comment: Uint8Array, most = maxTrustedBytes): void {
  if (comment.length > most)
    throw new SignatureFormError('COMMENT_TOO_LONG', `takes a comment of at most ${most} bytes`);
  if (comment.some((byte) => (byte < 0x20 && byte !== 0x09) || byte === 0x7f)) {
    throw new SignatureFormError('COMMENT_NO_LINE', 'takes a comment of one line without control characters');
  }
}
