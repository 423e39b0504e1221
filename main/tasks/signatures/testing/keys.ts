/**
 * Keys for tests, written in the forms of both tools from fixed seeds; none of them is encrypted. And one that signify
 * 31 made itself, whose passphrase is `correct horse`.
 */
import { createHash } from 'node:crypto';
import { toBase64 } from '#shared/text/base64.ts';
import { ed25519PublicKey } from '../ed25519.ts';
import type { SigningKey } from '../unlock.ts';

export function signingKey(form: SigningKey['form'], fill: number): SigningKey {
  const seed = new Uint8Array(32).fill(fill);
  return { form, seed, publicKey: ed25519PublicKey(seed), keyNumber: new Uint8Array(8).fill(fill) };
}

export function publicKeyFile({ keyNumber, publicKey }: SigningKey): string {
  const payload = Buffer.concat([Buffer.from('Ed'), keyNumber, publicKey]);
  return `untrusted comment: public key\n${payload.toString('base64')}\n`;
}

export function secretKeyFile(key: SigningKey): string {
  const secret = Buffer.concat([key.seed, key.publicKey]);
  const payload =
    key.form === 'minisign'
      ? Buffer.concat([Buffer.from('Ed\0\0B2'), Buffer.alloc(48), key.keyNumber, secret, Buffer.alloc(32)])
      : Buffer.concat([
          Buffer.from('EdBK'),
          Buffer.alloc(20),
          createHash('sha512').update(secret).digest().subarray(0, 8),
          key.keyNumber,
          secret,
        ]);
  return `untrusted comment: secret key\n${toBase64(payload)}\n`;
}

export const encryptedSignify = {
  passphrase: 'correct horse',
  publicKey: 'untrusted comment: signify public key\nRWQIqdS4Qr+79Yq7Fqyo+cxKaJ97loqCKwybdSq14oW6JD4HzAEvjAQh\n',
  secretKey:
    'untrusted comment: signify secret key\n' +
    'RWRCSwAAACpwQ4b2v/oTI6NMcWhSVp+lCkwhvvY1ON4IqdS4Qr+79enkhd2f55/9DvMlIv07l895wQ+PiHUh' +
    '+bJ6wapNyErE73lPeYcD3pqDnG2Huy6cTt/ckZq5/nigjEFLhMU48Mk=\n',
};
