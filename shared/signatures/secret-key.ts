/** Secret keys as minisign and signify keep them. What is encrypted stays so here: no cryptography in this folder. */
import { fromBase64 } from '../text/decode.ts';
import { commentOf, exactBase64, latin1, lettersOf, linesOf, SignatureFormError } from './lines.ts';

const minisignBytes = 158;
const signifyBytes = 104;

/** `sealed` and what it becomes: key number (8), secret key with its public half (64), checksum (32). */
export interface MinisignSecretKey {
  readonly form: 'minisign';
  /** Null where the key is not encrypted. */
  readonly scrypt: { readonly salt: Uint8Array; readonly opsLimit: bigint; readonly memLimit: bigint } | null;
  readonly sealed: Uint8Array;
}

export interface SignifySecretKey {
  readonly form: 'signify';
  /** 0 where the key is not encrypted. */
  readonly rounds: number;
  readonly salt: Uint8Array;
  /** The first 8 bytes of the SHA-512 digest of the secret key. */
  readonly checksum: Uint8Array;
  readonly keyNumber: Uint8Array;
  /** The secret key with its public half. */
  readonly sealed: Uint8Array;
}

export type SecretKey = MinisignSecretKey | SignifySecretKey;

/** Told by its length. Throws SignatureFormError. */
export function parseSecretKey(bytes: Uint8Array): SecretKey {
  if (latin1(bytes.subarray(0, 5)) === '-----') {
    throw new SignatureFormError('FOREIGN_KEY', 'is neither of minisign nor of signify');
  }
  const [comment, text = '', ...rest] = linesOf(bytes);
  commentOf(comment);
  if (rest.length > 0) throw new SignatureFormError('TRAILING', 'has something behind its end');
  const length = fromBase64(text)?.bytes.length ?? 0;
  if (length === 42) throw new SignatureFormError('PUBLIC_KEY', 'is a public key; the secret one signs');
  return length === minisignBytes
    ? minisignKey(exactBase64(text, length))
    : signifyKey(exactBase64(text, signifyBytes));
}

function minisignKey(payload: Uint8Array): MinisignSecretKey {
  const kdf = lettersOf(payload, 2);
  if (lettersOf(payload) !== 'Ed' || lettersOf(payload, 4) !== 'B2' || (kdf !== 'Sc' && kdf !== '\0\0')) {
    throw new SignatureFormError('UNKNOWN_ALGORITHM', 'is of an algorithm that is not known here');
  }
  const view = new DataView(payload.buffer, payload.byteOffset);
  const salt = payload.subarray(6, 38);
  const scrypt = { salt, opsLimit: view.getBigUint64(38, true), memLimit: view.getBigUint64(46, true) };
  return { form: 'minisign', scrypt: kdf === 'Sc' ? scrypt : null, sealed: payload.subarray(54) };
}

function signifyKey(payload: Uint8Array): SignifySecretKey {
  if (lettersOf(payload) !== 'Ed' || lettersOf(payload, 2) !== 'BK') {
    throw new SignatureFormError('UNKNOWN_ALGORITHM', 'is of an algorithm that is not known here');
  }
  return {
    form: 'signify',
    rounds: new DataView(payload.buffer, payload.byteOffset).getUint32(4),
    salt: payload.subarray(8, 24),
    checksum: payload.subarray(24, 32),
    keyNumber: payload.subarray(32, 40),
    sealed: payload.subarray(40),
  };
}

/** The key number and the secret key that a minisign key holds once it is opened, and what its checksum is of. */
export function openedMinisign(opened: Uint8Array): {
  readonly keyNumber: Uint8Array;
  readonly secret: Uint8Array;
  readonly checksum: Uint8Array;
  readonly checked: Uint8Array;
} {
  return {
    keyNumber: opened.subarray(0, 8),
    secret: opened.subarray(8, 72),
    checksum: opened.subarray(72, 104),
    checked: Uint8Array.of(0x45, 0x64, ...opened.subarray(0, 72)),
  };
}
