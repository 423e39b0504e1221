import { describe, expect, test } from 'vitest';
import { SignatureFormError } from '#shared/signatures/lines.ts';
import { parsePublicKey } from '#shared/signatures/public-key.ts';
import { parseSecretKey } from '#shared/signatures/secret-key.ts';
import { createBlake2b } from './blake2b.ts';
import { ed25519Verify } from './ed25519.ts';
import { encryptedSignify, secretKeyFile, signingKey } from './testing/keys.ts';
import { isEncrypted, scryptParameters, unlock } from './unlock.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function codeOf(file: string, passphrase = ''): Promise<string> {
  try {
    await unlock(parseSecretKey(bytes(file)), bytes(passphrase));
  } catch (error) {
    if (error instanceof SignatureFormError) return error.code;
    throw error;
  }
  return 'opened';
}

/** With `change` done to what is in base64. */
function changed(file: string, change: (payload: Buffer) => void): string {
  const [comment, text] = file.split('\n');
  const payload = Buffer.from(text!, 'base64');
  change(payload);
  return `${comment}\n${payload.toString('base64')}\n`;
}

describe('a secret key', () => {
  test.each(['minisign', 'signify'] as const)('of %s that is not encrypted opens by itself', async (form) => {
    const key = signingKey(form, 5);
    const secret = parseSecretKey(bytes(secretKeyFile(key)));
    expect(isEncrypted(secret)).toBe(false);
    expect(await unlock(secret, new Uint8Array(0))).toMatchObject({ form, keyNumber: key.keyNumber, seed: key.seed });
  });

  test('that signify encrypted opens with its passphrase alone', async () => {
    const secret = parseSecretKey(bytes(encryptedSignify.secretKey));
    expect(isEncrypted(secret)).toBe(true);
    const { publicKey } = await unlock(secret, bytes(encryptedSignify.passphrase));
    expect(Buffer.from(publicKey)).toEqual(Buffer.from(parsePublicKey(bytes(encryptedSignify.publicKey)).key));
    expect(await codeOf(encryptedSignify.secretKey, 'correct horsf')).toBe('WRONG_PASSPHRASE');
    expect(await codeOf(encryptedSignify.secretKey)).toBe('WRONG_PASSPHRASE');
  });

  test('whose public half is another key’s is refused, for its signatures would give it away', async () => {
    const other = { ...signingKey('minisign', 5), publicKey: signingKey('minisign', 6).publicKey };
    expect(await codeOf(secretKeyFile(other))).toBe('KEY_DAMAGED');
    expect(await codeOf(secretKeyFile({ ...other, form: 'signify' }))).toBe('KEY_DAMAGED');
  });

  test('of signify whose bytes were changed is refused', async () => {
    const file = changed(secretKeyFile(signingKey('signify', 5)), (payload) => payload.writeUInt8(1, 50));
    expect(await codeOf(file)).toBe('KEY_DAMAGED');
  });

  test('of minisign that takes all memory to open is refused', async () => {
    const file = changed(secretKeyFile(signingKey('minisign', 5)), (payload) => {
      payload.write('Sc', 2, 'latin1');
      payload.writeBigUInt64LE(1n << 50n, 38);
      payload.writeBigUInt64LE(1n << 50n, 46);
    });
    expect(await codeOf(file)).toBe('KEY_COSTS_TOO_MUCH');
  });

  test('of signify that takes forever to open is refused', async () => {
    const file = changed(encryptedSignify.secretKey, (payload) => payload.writeUInt32BE(2_000, 4));
    expect(await codeOf(file, 'x')).toBe('KEY_COSTS_TOO_MUCH');
  });
});

test('scrypt gets the parameters that libsodium makes of its limits', () => {
  expect(scryptParameters(33_554_432n, 1_073_741_824n)).toEqual({ N: 2 ** 20, p: 1 });
  expect(scryptParameters(524_288n, 16_777_216n)).toEqual({ N: 2 ** 14, p: 1 });
  expect(scryptParameters(0n, 16_777_216n)).toEqual({ N: 2 ** 10, p: 1 });
});

test('BLAKE2b of the library, which Electron needs, is that of OpenSSL', () => {
  for (const pieces of [[], ['abc'], ['a'.repeat(127), 'b', 'c'.repeat(129)]]) {
    const [ours, theirs] = [createBlake2b(false), createBlake2b(true)];
    for (const piece of pieces) {
      ours.update(bytes(piece));
      theirs.update(bytes(piece));
    }
    expect(Buffer.from(ours.digest())).toEqual(Buffer.from(theirs.digest()));
  }
});

test('what is no key and no signature does not verify, and throws nothing', () => {
  expect(ed25519Verify(new Uint8Array(3), bytes('a'), new Uint8Array(64))).toBe(false);
  expect(ed25519Verify(new Uint8Array(32), bytes('a'), new Uint8Array(5))).toBe(false);
});
