/** Key files: the few lines of which a name may be anything, read once and bounded. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { maxSignatureBytes, SignatureFormError } from '#shared/signatures/lines.ts';
import { parsePublicKey } from '#shared/signatures/public-key.ts';
import { parseSecretKey, type SecretKey } from '#shared/signatures/secret-key.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import type { KnownKey } from './known-key.ts';

/** `name` in the form of `nameText`. Rejects with FailedAttempt. */
export async function readPublicKey(name: string): Promise<KnownKey> {
  const key = await parsed(name, 'key', parsePublicKey);
  return { ...key, name: shownName(nameBytes(path.basename(name).replace(/\.pub$/, ''))) };
}

/** `name` in the form of `nameText`. Rejects with FailedAttempt. */
export function readSecretKey(name: string): Promise<SecretKey> {
  return parsed(name, 'secret key', parseSecretKey);
}

async function parsed<Result>(name: string, what: string, parse: (bytes: Uint8Array) => Result): Promise<Result> {
  const shown = shownName(nameBytes(name));
  let bytes: Uint8Array;
  try {
    bytes = await readStart(name);
  } catch (error) {
    throw new FailedAttempt(`cannot read the ${what} ${shown}`, error);
  }
  try {
    return parse(bytes);
  } catch (error) {
    throw error instanceof SignatureFormError ? formFailure(`cannot use the ${what} ${shown}`, error) : error;
  }
}

/** A form that is wrong as what could not be done. */
export function formFailure(attempt: string, { code, message }: SignatureFormError): FailedAttempt {
  return new FailedAttempt(attempt, Object.assign(new Error(`it ${message}`), { code, errno: 0 }));
}

async function readStart(name: string): Promise<Uint8Array> {
  const file = await open(Buffer.from(nameBytes(name)), constants.O_RDONLY);
  try {
    if ((await file.stat()).isDirectory()) throw Object.assign(new Error(''), { code: 'EISDIR' });
    const bytes = Buffer.alloc(maxSignatureBytes + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
