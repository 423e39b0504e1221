/** Public keys: minisign and signify write the same, so one key verifies signatures of both forms. */
import { toBase64 } from '../text/base64.ts';
import {
  commentOf,
  exactBase64,
  keyIdText,
  keyNumberBytes,
  latin1,
  lettersOf,
  linesOf,
  publicKeyBytes,
  SignatureFormError,
} from './lines.ts';

export interface PublicKey {
  readonly keyId: string;
  readonly keyNumber: Uint8Array;
  /** Of Ed25519. */
  readonly key: Uint8Array;
}

/** A key file of either tool, or its line of base64 alone. Throws SignatureFormError. */
export function parsePublicKey(bytes: Uint8Array): PublicKey {
  if (isPgp(bytes)) throw new SignatureFormError('PGP_KEY', 'is of PGP, whose signatures are not checked here');
  const lines = linesOf(bytes);
  if (lines.length > 1) commentOf(lines[0]);
  if (lines.length > 2) throw new SignatureFormError('TRAILING', 'has something behind its end');
  const text = lines.at(-1) ?? '';
  if (text.length > 100)
    throw new SignatureFormError('SECRET_KEY', 'is no public key, but a secret one or a signature');
  const payload = exactBase64(text, 2 + keyNumberBytes + publicKeyBytes);
  if (lettersOf(payload) !== 'Ed') {
    throw new SignatureFormError('UNKNOWN_ALGORITHM', 'is of an algorithm that is not known here');
  }
  const keyNumber = payload.subarray(2, 2 + keyNumberBytes);
  return { keyId: keyIdText(keyNumber), keyNumber, key: payload.subarray(2 + keyNumberBytes) };
}

/** The line of base64 that both tools take. */
export function publicKeyText({ keyNumber, key }: Pick<PublicKey, 'keyNumber' | 'key'>): string {
  return toBase64(Uint8Array.of(0x45, 0x64, ...keyNumber, ...key));
}

/** What OpenPGP writes: armoured, or packets, whose first byte has its highest bit set. */
export function isPgp(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 15)) === '-----BEGIN PGP ' || (bytes[0] ?? 0) >= 0x80;
}
