/// <reference path="./bcrypt-pbkdf.d.ts" />
/** Opens secret keys of minisign (scrypt) and signify (bcrypt_pbkdf). */
import { createHash, scrypt, timingSafeEqual } from 'node:crypto';
import { SignatureFormError } from '#shared/signatures/lines.ts';
import {
  type MinisignSecretKey,
  openedMinisign,
  type SecretKey,
  type SignifySecretKey,
} from '#shared/signatures/secret-key.ts';
import { blake2b256 } from './blake2b.ts';
import { ed25519PublicKey } from './ed25519.ts';

export interface SigningKey {
  readonly form: 'minisign' | 'signify';
  readonly keyNumber: Uint8Array;
  /** Of Ed25519, 32 bytes. */
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** What a key file may cost: minisign's own is 1 GiB and 2^20, signify's 42 rounds. */
const maxScryptBytes = 2 ** 31;
const maxRounds = 1_000;

export const isEncrypted = (key: SecretKey): boolean =>
  key.form === 'minisign' ? key.scrypt !== null : key.rounds > 0;

/** `passphrase`: as it was typed, without the end of the line. Rejects with SignatureFormError; WRONG_PASSPHRASE among them. */
export async function unlock(key: SecretKey, passphrase: Uint8Array): Promise<SigningKey> {
  const opened = key.form === 'minisign' ? await openMinisign(key, passphrase) : await openSignify(key, passphrase);
  const seed = opened.secret.slice(0, 32);
  const publicKey = ed25519PublicKey(seed);
  // A signature made with another public half gives the secret away.
  // guard: halves of a secret key
  if (!timingSafeEqual(publicKey, opened.secret.subarray(32))) {
    throw new SignatureFormError('KEY_DAMAGED', 'is damaged: its two halves do not belong together');
  }
  return { form: key.form, keyNumber: opened.keyNumber.slice(), seed, publicKey };
}

interface Opened {
  readonly keyNumber: Uint8Array;
  readonly secret: Uint8Array;
}

async function openMinisign({ scrypt: settings, sealed }: MinisignSecretKey, passphrase: Uint8Array): Promise<Opened> {
  if (settings === null) return openedMinisign(sealed);
  const stream = await deriveScrypt(passphrase, settings, sealed.length);
  const opened = openedMinisign(exclusiveOr(sealed, stream));
  if (!timingSafeEqual(blake2b256(opened.checked), opened.checksum)) throw wrongPassphrase();
  return opened;
}

async function openSignify(key: SignifySecretKey, passphrase: Uint8Array): Promise<Opened> {
  const { rounds, salt, sealed, keyNumber, checksum } = key;
  const secret =
    rounds === 0 ? sealed : exclusiveOr(sealed, await deriveBcrypt(passphrase, salt, rounds, sealed.length));
  const digest = createHash('sha512').update(secret).digest();
  if (!timingSafeEqual(digest.subarray(0, checksum.length), checksum)) {
    throw rounds === 0
      ? new SignatureFormError('KEY_DAMAGED', 'is damaged: its checksum does not fit')
      : wrongPassphrase();
  }
  return { keyNumber, secret };
}

const wrongPassphrase = (): SignatureFormError =>
  new SignatureFormError('WRONG_PASSPHRASE', 'does not open with this passphrase');

function exclusiveOr(bytes: Uint8Array, stream: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => byte ^ stream[at]!);
}

/** The parameters that libsodium makes of its two limits: memory is used up first, and r is 8. */
export function scryptParameters(opsLimit: bigint, memLimit: bigint): { readonly N: number; readonly p: number } {
  const least = 32_768n;
  const ops = opsLimit < least ? least : opsLimit;
  const log2 = (most: bigint): number => {
    for (let exponent = 1; exponent < 63; exponent++) if (1n << BigInt(exponent) > most / 2n) return exponent;
    return 63;
  };
  if (ops < memLimit / 32n) return { N: 2 ** log2(ops / 32n), p: 1 };
  const exponent = log2(memLimit / 1024n);
  const parallel = ops / 4n / (1n << BigInt(exponent));
  const most = 0x3fff_ffffn;
  return { N: 2 ** exponent, p: Number((parallel > most ? most : parallel) / 8n) };
}

async function deriveScrypt(
  passphrase: Uint8Array,
  { salt, opsLimit, memLimit }: NonNullable<MinisignSecretKey['scrypt']>,
  length: number,
): Promise<Uint8Array> {
  const { N, p } = scryptParameters(opsLimit, memLimit);
  // guard: cost of a key file
  if (p < 1 || p > 64 || N * 1024 > maxScryptBytes) {
    throw new SignatureFormError('KEY_COSTS_TOO_MUCH', 'takes more memory or time to open than any key needs');
  }
  const options = { N, r: 8, p, maxmem: N * 1024 + p * 1024 + (1 << 20) };
  return await new Promise((resolve, reject) => {
    scrypt(passphrase, salt, length, options, (error, stream) => (error === null ? resolve(stream) : reject(error)));
  });
}

async function deriveBcrypt(
  passphrase: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  length: number,
): Promise<Uint8Array> {
  // guard: rounds of a key file
  if (rounds > maxRounds) {
    throw new SignatureFormError('KEY_COSTS_TOO_MUCH', 'takes more time to open than any key needs');
  }
  if (passphrase.length === 0) throw wrongPassphrase();
  const { default: bcrypt } = await import('bcrypt-pbkdf');
  const stream = new Uint8Array(length);
  bcrypt.pbkdf(passphrase, passphrase.length, salt, salt.length, stream, length, rounds);
  return stream;
}
